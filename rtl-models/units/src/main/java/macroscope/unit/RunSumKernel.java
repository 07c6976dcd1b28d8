package macroscope.unit;

import java.util.Optional;

/**
 * The inner loops of {@link AlignedRuns}, for tiles of {@link FusedDotKernel#ROWS} x {@link
 * FusedDotKernel#COLUMNS} results. Every implementation gives the same bits.
 */
public interface RunSumKernel {

  /**
   * Adds the products of some rows with a run of columns to accumulators, pass by pass.
   *
   * @param a left operand, row-major planes
   * @param rows 1..{@link FusedDotKernel#ROWS}
   * @param b right operand, depth-major planes
   * @param fromColumn first output column, a multiple of {@link FusedDotKernel#COLUMNS}
   * @param columns output columns, 1..{@link FusedDotKernel#COLUMNS}
   * @param fromK first k, that of a run
   * @param toK one past the last k
   * @param passes passes, of which the last may have fewer products or none
   * @param significands accumulators as {@link FloatRounder} holds them, {@link
   *     FusedDotKernel#COLUMNS} for each row; modified
   * @param exponents their exponents; modified likewise
   */
  void accumulate(
      RealPlanes a,
      int fromRow,
      int rows,
      RealPlanes b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      int passes,
      long[] significands,
      int[] exponents);

  /** Offers kernels on instructions that not every JVM has; found by {@link
   * java.util.ServiceLoader}. */
  interface Provider {

    /**
     * A kernel for these parameters, if the widths that they need fit its vectors.
     *
     * @param rounder the output stage of the unit
     */
    Optional<RunSumKernel> kernel(AlignedRuns runs, FloatRounder rounder);
  }
}
