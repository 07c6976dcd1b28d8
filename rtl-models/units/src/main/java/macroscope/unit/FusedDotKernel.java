package macroscope.unit;

import java.util.Optional;

/**
 * The inner loops of a fused dot product over finite operands, for tiles of {@link #ROWS} x {@link
 * #COLUMNS} results. Every implementation gives the same bits.
 */
public interface FusedDotKernel {

  /** Most rows of a strip: enough that what is made once a strip does not count. */
  int ROWS = 32;

  /** Most columns of a tile. */
  int COLUMNS = Layout.BLOCK;

  /**
   * Rows of A over a range of k, as the kernel reads them.
   *
   * @param a left operand, row-major planes
   * @param rows 1..{@link #ROWS}
   */
  Strip strip(SignificandPlanes a, int fromRow, int rows, int fromK, int toK);

  /** What it reads operands as. */
  default SignificandPlanes.Form form() {
    return SignificandPlanes.Form.INTS;
  }

  /** Some rows of A, ready to be multiplied by any columns; used by one thread at a time. */
  interface Strip {

    /**
     * Adds the products of these rows with a run of columns to accumulators, pass by pass and group by
     * group.
     *
     * @param b right operand, depth-major planes
     * @param fromColumn first output column, a multiple of {@link #COLUMNS}
     * @param columns output columns, 1..{@link #COLUMNS}
     * @param significands accumulators as {@link FloatRounder} holds them, {@link #COLUMNS} for each
     *     row whatever {@code columns} is, the rest to be overwritten at will; modified
     * @param exponents their exponents; modified likewise
     */
    void accumulate(
        SignificandPlanes b, int fromColumn, int columns, long[] significands, int[] exponents);
  }

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
