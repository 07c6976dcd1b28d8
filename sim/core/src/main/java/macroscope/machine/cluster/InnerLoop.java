package macroscope.machine.cluster;

/**
 * The inner loop of a product on an in-order core that issues one instruction a cycle, without overhead
 * of the loop itself (hardware loops). It multiplies some rows of A by some columns of B, both K-contiguous.
 *
 * @param name as the library calls the kernel
 * @param rows rows of A
 * @param columns columns of B
 * @param loads loads of an iteration
 * @param packs instructions that shuffle or pack operands
 * @param multiplies multiply-adds of an iteration, of as many lanes as it has
 * @param lanes products of a multiply-add
 * @param loadUseStalls cycles lost because an operand is used right after its load
 */
public record InnerLoop(
    String name,
    int rows,
    int columns,
    int loads,
    int packs,
    int multiplies,
    int lanes,
    int loadUseStalls) {

  /** One result, one product an iteration: mm_naive of PULP-TrainLib. */
  public static final InnerLoop SCALAR = new InnerLoop("scalar", 1, 1, 2, 0, 1, 1, 1);

  /** One result, pairs of A, pairs of B packed of two loads: mm_SIMD_naive. */
  public static final InnerLoop PACKED_PAIRS = new InnerLoop("packed pairs", 1, 1, 3, 1, 1, 2, 0);

  /** One result, pairs of both: mm_T_SIMD. */
  public static final InnerLoop PAIRS = new InnerLoop("pairs", 1, 1, 2, 0, 1, 2, 1);

  /** Two rows by four columns, pairs along K: mm_fp16_SIMD_4x8 with B transposed. */
  public static final InnerLoop PAIRS_2X4 = new InnerLoop("pairs 2x4", 2, 4, 6, 0, 8, 2, 0);

  /** Two rows by four columns of pairs, A's numbers shuffled: mm_fp16_SIMD_4x8, B as it is. */
  public static final InnerLoop SHUFFLED_2X4 = new InnerLoop("shuffled 2x4", 2, 4, 6, 4, 8, 2, 0);

  /** Two rows by four columns: mm_unroll_2x4 of binary32. */
  public static final InnerLoop SCALAR_2X4 = new InnerLoop("scalar 2x4", 2, 4, 6, 0, 8, 1, 0);

  /** Multiply-accumulates of an iteration. */
  public int macs() {
    return multiplies * lanes;
  }

  /** Cycles of an iteration on each of so many cores that share floating-point units. */
  public double cycles(double coresPerUnit) {
    double issued = loads + packs + multiplies + loadUseStalls;
    return Math.max(issued, multiplies * coresPerUnit);
  }

  /** Iterations along K. */
  public long iterations(int k) {
    int depth = macs() / (rows * columns);
    return (k + depth - 1L) / depth;
  }
}
