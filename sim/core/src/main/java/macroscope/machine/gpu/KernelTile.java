package macroscope.machine.gpu;

import macroscope.hardware.Widths;

/**
 * The block of results that one thread block of a kernel makes, and how it does so.
 *
 * @param rows rows of A, M
 * @param columns columns of B, N
 * @param depthBytes bytes of a row of A that one stage of the pipeline holds
 * @param stages stages in shared memory: one is used while the others are on their way
 * @param groupRows groups of threads along M; a group is a warp, or the four warps of a warp-group
 *     instruction
 * @param groupColumns groups of threads along N
 */
public record KernelTile(
    int rows, int columns, int depthBytes, int stages, int groupRows, int groupColumns) {

  private static final int MOST = 1024;

  public KernelTile {
    Widths.inRange("tile rows", rows, 1, MOST);
    Widths.inRange("tile columns", columns, 1, MOST);
    Widths.inRange("tile depth in bytes", depthBytes, 1, MOST);
    Widths.inRange("stages", stages, 2, 32);
    Widths.inRange("groups along rows", groupRows, 1, rows);
    Widths.inRange("groups along columns", groupColumns, 1, columns);
  }

  /** Elements along K of a stage, of operands of so many bits. */
  public int depth(int bits) {
    return Math.max(1, depthBytes * 8 / bits);
  }

  /** Groups of threads of a block. */
  public int groups() {
    return groupRows * groupColumns;
  }

  /** {@code 128 x 64 x 64 bytes, 4 stages}. */
  @Override
  public String toString() {
    return rows + " x " + columns + " x " + depthBytes + " bytes, " + stages + " stages";
  }
}
