package macroscope.unit;

import java.util.Arrays;
import macroscope.unit.LookupTableSpec.Aggregation;

/**
 * The averaging tree of T-MAC's fast aggregation: bytes are added in pairs, each node {@code (a + b +
 * 1) >> 1}, so that n leaves give about their mean and no node needs a ninth bit (the tree of MADDness,
 * arXiv 2106.10860, section 4.4).
 */
final class FastAggregation {

  private FastAggregation() {}

  /**
   * How far above the mean the trees of all planes lie on average, as a multiple of plane 0's weight:
   * a quarter for each level, in every plane of weight 1/2, 1, 2, 4. As upstream: the quarters are an
   * integer division. Exact: a multiple of 1/4 below 16.
   */
  static float excess(int lookups, int planes, Aggregation aggregation) {
    int levels = Integer.numberOfTrailingZeros(lookups);
    int planeWeights = (1 << planes) - 1;
    return aggregation.dividesBias()
        ? IeeeArithmetic.round32(levels / 4 * planeWeights)
        : IeeeArithmetic.multiply32(IeeeArithmetic.round32(levels * planeWeights), 0.25f);
  }

  /** A node of the tree. */
  static int average(int a, int b) {
    return (a + b + 1) >> 1;
  }

  /**
   * What leaves the averaging tree.
   *
   * @param leaves signed bytes, a power of two of them
   * @param unsigned whether they are taken for unsigned ones
   */
  static int tree(int[] leaves, boolean unsigned) {
    int[] level = Arrays.stream(leaves).map(leaf -> unsigned ? leaf & 0xFF : leaf).toArray();
    while (level.length > 1) {
      int[] next = new int[level.length / 2];
      for (int i = 0; i < next.length; i++) {
        next[i] = average(level[2 * i], level[2 * i + 1]);
      }
      level = next;
    }
    return unsigned ? (byte) level[0] : level[0];
  }
}
