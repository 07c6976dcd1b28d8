package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * A whole matrix product {@code D = A B^T + C} on a unit, bit for bit: each result is its addend taken
 * through all passes of the unit, k ascending, a last short pass filled up with zeros. Blocks of rows
 * run on threads; no result depends on another.
 */
public final class UnitGemm {

  private static final int BLOCK_ROWS = 32;

  private UnitGemm() {}

  /**
   * The results as codes of the unit's accumulator format, rows of a x rows of b.
   *
   * @param a M x K, without scales
   * @param b N x K, without scales
   * @param c M * N codes of addends; not modified
   * @throws IllegalArgumentException if shapes or formats do not fit
   */
  public static <P> long[] multiply(
      DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b, long[] c, int threads) {
    if (a.columns() != b.columns()) {
      throw new IllegalArgumentException("K of b must be " + a.columns() + ": " + b.columns());
    }
    if (!a.format().levels().isEmpty() || !b.format().levels().isEmpty()) {
      throw new IllegalArgumentException("operands must have no scales: " + a.format().name());
    }
    P right = unit.prepareB(b);
    long[] d = c.clone();
    List<Callable<Integer>> blocks = new ArrayList<>();
    for (int row = 0; row < a.rows(); row += BLOCK_ROWS) {
      int from = row;
      int to = Math.min(row + BLOCK_ROWS, a.rows());
      blocks.add(() -> block(unit, a, from, to, right, b.rows(), d));
    }
    OrderedTasks.run(blocks, threads, Progress.NONE);
    return d;
  }

  private static <P> int block(
      DotProductUnit<P> unit, EncodedMatrix a, int from, int to, P right, int n, long[] d) {
    int k = a.columns();
    long[] codes = Arrays.copyOfRange(a.codes(), from * k, to * k);
    EncodedMatrix rows = new EncodedMatrix(a.format(), to - from, k, codes, List.of());
    long[] sums = Arrays.copyOfRange(d, from * n, to * n);
    unit.gemm(
        unit.prepareA(rows),
        right,
        0,
        k,
        new Accumulators(unit.accumulatorFormat(), to - from, n, sums));
    System.arraycopy(sums, 0, d, from * n, sums.length);
    return to - from;
  }
}
