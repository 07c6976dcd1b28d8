package macroscope.unit;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import macroscope.hardware.Widths;

/**
 * Parameters of a unit that is cut into stages by ranks of registers: the same bits, later and at a
 * faster clock.
 *
 * @param name descriptive name
 * @param unit the unit that is cut
 * @param stages 1, the unit as it is, or more; each takes one {@link PipelineRank} more
 */
public record PipelinedSpec(String name, StagedSpec unit, int stages) implements UnitSpec {

  public PipelinedSpec {
    Widths.inRange("stages", stages, 1, unit.possibleRanks().size() + 1);
  }

  /**
   * A unit in stages.
   *
   * @throws IllegalArgumentException if the unit cannot be cut, or not so often
   */
  public static PipelinedSpec of(String name, UnitSpec unit, int stages) {
    if (unit instanceof StagedSpec staged) {
      return new PipelinedSpec(name, staged, stages);
    }
    throw new IllegalArgumentException(
        "a unit with stages must be integer_mac, kulisch or fused: " + unit.name());
  }

  /** Where it is cut. */
  public Set<PipelineRank> ranks() {
    Set<PipelineRank> ranks = EnumSet.noneOf(PipelineRank.class);
    ranks.addAll(unit.possibleRanks().subList(0, stages - 1));
    return ranks;
  }

  @Override
  public Optional<UnitSpec> base() {
    return Optional.of(unit);
  }
}
