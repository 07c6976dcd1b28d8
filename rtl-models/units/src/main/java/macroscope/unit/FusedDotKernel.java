package macroscope.unit;

import java.util.Optional;

/**
 * The inner loops of a fused dot product over finite operands, for one row of A and a run of columns.
 * Every implementation gives the same bits.
 */
public interface FusedDotKernel {

  /** Most columns of one call: what the scratch of a kernel is sized for. */
  int TILE = 64;

  /**
   * Adds the products k = fromK..toK-1 to accumulators, pass by pass and group by group.
   *
   * @param a left operand, row-major planes
   * @param row row of {@code a}
   * @param b right operand, depth-major planes, padded to whole vectors
   * @param fromColumn first output column, a multiple of {@link Layout#LANES}
   * @param columns output columns, 1..{@link #TILE}
   * @param significands accumulators 0..columns-1 as {@link FloatRounder} holds them; modified;
   *     {@link #TILE} long, what lies behind {@code columns} may be overwritten
   * @param exponents their exponents; modified likewise
   */
  void accumulate(
      SignificandPlanes a,
      int row,
      SignificandPlanes b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      long[] significands,
      int[] exponents);

  /** Offers kernels on instructions that not every JVM has; found by {@link java.util.ServiceLoader}. */
  interface Provider {

    /**
     * A kernel for these parameters, if the widths that they need fit its vectors.
     *
     * @param rounder the output stage of the unit
     */
    Optional<FusedDotKernel> kernel(FusedDotSpec spec, FloatRounder rounder);
  }
}
