package macroscope.unit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import macroscope.hardware.Widths;

/**
 * Parameters of a unit that is cut into stages by ranks of registers: the same bits, later and at a
 * faster clock.
 *
 * @param name descriptive name
 * @param unit an integer_mac, kulisch or fused unit
 * @param stages 1, the unit as it is, or more; each takes one {@link PipelineRank} more
 */
public record PipelinedSpec(String name, UnitSpec unit, int stages) implements UnitSpec {

  public PipelinedSpec {
    List<PipelineRank> ranks = PipelineRank.of(unit);
    if (ranks.isEmpty()) {
      throw new IllegalArgumentException(
          "a unit with stages must be integer_mac, kulisch or fused: " + unit.name());
    }
    Widths.inRange("stages", stages, 1, ranks.size() + 1);
  }

  /** Where it is cut. */
  public Set<PipelineRank> ranks() {
    Set<PipelineRank> ranks = EnumSet.noneOf(PipelineRank.class);
    ranks.addAll(PipelineRank.of(unit).subList(0, stages - 1));
    return ranks;
  }

  @Override
  public Optional<UnitSpec> base() {
    return Optional.of(unit);
  }
}
