package macroscope.machine.gpu;

import macroscope.hardware.Widths;

/**
 * The block of results that one thread block of a kernel makes, and how it does so.
 *
 * @param kind which units multiply, and which operand's vectors are rows
 * @param rows rows of A, M; of swapped operands rows of weights, N
 * @param columns columns of B, N; of swapped operands rows of activations, M
 * @param depthBytes bytes of a row of A that one stage of the pipeline holds
 * @param stages stages in shared memory: one is used while the others are on their way
 * @param groupRows groups of threads along M; a group is a warp, or the four warps of a warp-group
 *     instruction
 * @param groupColumns groups of threads along N
 */
public record KernelTile(
    Kind kind, int rows, int columns, int depthBytes, int stages, int groupRows, int groupColumns) {

  private static final int MOST = 1024;

  /** How a kernel uses a multiprocessor. */
  public enum Kind {
    /** Matrix units multiply rows of activations by columns of weights. */
    PLAIN(""),
    /**
     * The transposed product is made, so that weights fill the rows of a matrix instruction, of which there
     * are 64 or 128, and a few activations its columns, of which there may be 8 ({@code swap_ab} of vLLM's
     * and CUTLASS's kernels).
     */
    SWAPPED(", operands swapped"),
    /**
     * Vector lanes multiply: each warp makes a result at a time for a few rows of activations and weights
     * go past in registers (matrix-vector kernels).
     */
    VECTOR(", vector lanes");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  public KernelTile {
    Widths.inRange("tile rows", rows, 1, MOST);
    Widths.inRange("tile columns", columns, 1, MOST);
    Widths.inRange("tile depth in bytes", depthBytes, 1, MOST);
    Widths.inRange("stages", stages, 2, 32);
    Widths.inRange("groups along rows", groupRows, 1, rows);
    Widths.inRange("groups along columns", groupColumns, 1, columns);
  }

  /** Of matrix units whose rows are those of activations. */
  public KernelTile(
      int rows, int columns, int depthBytes, int stages, int groupRows, int groupColumns) {
    this(Kind.PLAIN, rows, columns, depthBytes, stages, groupRows, groupColumns);
  }

  /** Elements along K of a stage, of operands of so many bits. */
  public int depth(int bits) {
    return Math.max(1, depthBytes * 8 / bits);
  }

  /** Groups of threads of a block. */
  public int groups() {
    return groupRows * groupColumns;
  }

  /** Whether each weight is in the registers of one group of threads only. */
  boolean holdsWeightsOnce() {
    return kind == Kind.SWAPPED ? groupColumns == 1 : groupRows == 1;
  }

  /** {@code 128 x 64 x 64 bytes, 4 stages}. */
  @Override
  public String toString() {
    return rows
        + " x "
        + columns
        + " x "
        + depthBytes
        + " bytes, "
        + stages
        + " stages"
        + kind.words;
  }
}
