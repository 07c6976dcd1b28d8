package macroscope.rtl;

import macroscope.unit.DotProductUnit;
import macroscope.unit.PipelinedSpec;

/** The twin of a unit in stages: its module, whose parameters are named as its ranks of registers. */
final class PipelinedTwin {

  private PipelinedTwin() {}

  static Twin of(PipelinedSpec spec, DotProductUnit<?> unit) {
    DotTwin base = (DotTwin) Twins.of(spec.unit());
    Parameters ranks = new Parameters();
    spec.ranks().forEach(rank -> ranks.put(rank.name() + "_RANK", true));
    return new DotTwin(
        unit,
        TwinFamily.PIPELINED,
        base.design().inStages(ranks.all(), spec.stages()),
        base.a(),
        base.b(),
        base.scale(),
        base.feed(),
        base.mostPasses());
  }
}
