package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import macroscope.hardware.Pipeline;

/**
 * A rank of registers that cuts a datapath in two stages. The loop of a sum is never cut, so that a pass
 * can enter each cycle whatever the number of stages.
 */
public enum PipelineRank {
  /** Behind the products; of a fused dot product also behind the largest exponent among them. */
  PRODUCT,
  /** Behind the tree that adds the products of a pass. */
  TREE,
  /** The accumulator, where the conversion reads what it holds and not what it is about to hold. */
  CONVERSION;

  /**
   * The stages of a datapath.
   *
   * @param product steps up to the products
   * @param sum steps that add them
   * @param conversion steps behind the accumulator
   */
  static Pipeline pipeline(
      Set<PipelineRank> ranks,
      List<String> product,
      List<String> sum,
      List<String> conversion,
      int initiationInterval) {
    List<List<String>> stages = new ArrayList<>();
    stages.add(new ArrayList<>(product));
    next(stages, ranks.contains(PRODUCT));
    if (ranks.contains(TREE)) {
      stages.get(stages.size() - 1).add("add");
      next(stages, true);
    }
    stages.get(stages.size() - 1).addAll(sum);
    next(stages, ranks.contains(CONVERSION));
    stages.get(stages.size() - 1).addAll(conversion);
    return new Pipeline(
        stages.stream().map(steps -> String.join(" - ", steps)).toList(), initiationInterval);
  }

  private static void next(List<List<String>> stages, boolean cut) {
    if (cut) {
      stages.add(new ArrayList<>());
    }
  }

  /** Flags of the first pass: one beside the operands, and one in each rank before the accumulator. */
  static int flags(Set<PipelineRank> ranks) {
    return 1 + (int) ranks.stream().filter(rank -> rank != CONVERSION).count();
  }
}
