package macroscope.unit;

import java.util.List;
import java.util.Set;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;

/** Parameters of a unit that {@link PipelinedSpec} can cut into stages, and what it is then. */
public sealed interface StagedSpec extends UnitSpec
    permits IntegerMacSpec, KulischSpec, FusedDotSpec {

  /** The ranks that the unit can have, the one that shortens its longest path most first. */
  List<PipelineRank> possibleRanks();

  /** The unit's time with these ranks. */
  Pipeline pipeline(Set<PipelineRank> ranks);

  /** The unit's parts with these ranks, their registers among them. */
  Inventory inventory(Set<PipelineRank> ranks);
}
