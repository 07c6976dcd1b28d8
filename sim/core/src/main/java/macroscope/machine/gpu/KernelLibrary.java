package macroscope.machine.gpu;

import java.util.List;
import macroscope.hardware.Widths;

/**
 * The matrix kernels that a library has for a processor.
 *
 * @param tiles the tiles that it chooses among
 * @param threadsPerGroup threads that issue one matrix instruction together: 32, 128 for Hopper's
 *     {@code wgmma}
 * @param sumsInRegisters whether sums are held in registers; if not, in a memory of their own
 * @param epilogueOverlapped whether results are stored while the next tile of the same block is
 *     multiplied: persistent kernels whose warps have one task each
 * @param clusterRows blocks along M that load a tile of B once for all of them
 * @param clusterColumns blocks along N that load a tile of A once for all of them
 * @param clusterKeepsOneCopy whether what a cluster loads once also lies in the shared memory of one
 *     block only, from which the matrix units of all of them read it
 */
public record KernelLibrary(
    List<KernelTile> tiles,
    int threadsPerGroup,
    boolean sumsInRegisters,
    boolean epilogueOverlapped,
    int clusterRows,
    int clusterColumns,
    boolean clusterKeepsOneCopy) {

  private static final int WARP = 32;

  public KernelLibrary {
    tiles = List.copyOf(tiles);
    Widths.inRange("threads of a group", threadsPerGroup, 1, 1024);
    Widths.inRange("rows of a cluster", clusterRows, 1, 16);
    Widths.inRange("columns of a cluster", clusterColumns, 1, 16);
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("a kernel library must have at least one tile");
    }
  }

  /**
   * Whether other warps convert operands than issue matrix instructions: where sums have a memory of their
   * own, one thread issues and the operand that others converted waits in that memory ({@code tcgen05}).
   * MARLIN's warps, which do both, take the sum of both times on an A100.
   */
  boolean convertsBeside() {
    return !sumsInRegisters;
  }

  /** The same library where clusters are no larger than the rectangle of tiles that they lie in. */
  KernelLibrary clusteredIn(long tileRows, long tileColumns) {
    return new KernelLibrary(
        tiles,
        threadsPerGroup,
        sumsInRegisters,
        epilogueOverlapped,
        (int) Math.min(clusterRows, tileRows),
        (int) Math.min(clusterColumns, tileColumns),
        clusterKeepsOneCopy);
  }

  /** The same library without the kernels of a kind. */
  public KernelLibrary without(KernelTile.Kind kind) {
    return new KernelLibrary(
        tiles.stream().filter(tile -> tile.kind() != kind).toList(),
        threadsPerGroup,
        sumsInRegisters,
        epilogueOverlapped,
        clusterRows,
        clusterColumns,
        clusterKeepsOneCopy);
  }

  /** Whether matrix instructions take rows of A alone from registers: those of several warps together. */
  boolean rowsAloneInRegisters() {
    return threadsPerGroup > WARP;
  }
}
