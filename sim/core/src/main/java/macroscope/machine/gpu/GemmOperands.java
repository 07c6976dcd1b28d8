package macroscope.machine.gpu;

/**
 * What the matrices of a product are made of.
 *
 * @param type what the matrix units multiply
 * @param aBits bits of an element of A in memory, its share of scales included
 * @param bBits bits of an element of B in memory: fewer than the type's where weights are dequantized
 * @param outputBits bits of a stored result
 */
public record GemmOperands(OperandType type, double aBits, double bBits, double outputBits) {

  public GemmOperands {
    GpuMemory.positive("bits of an element of A", aBits);
    GpuMemory.positive("bits of an element of B", bBits);
    GpuMemory.positive("bits of a result", outputBits);
  }

  /** Both operands of one type, results of so many bits. */
  public static GemmOperands of(OperandType type, int outputBits) {
    return new GemmOperands(type, type.bits(), type.bits(), outputBits);
  }

  /** Of the transposed product: weights are rows, activations columns. */
  GemmOperands swapped() {
    return new GemmOperands(type, bBits, aBits, outputBits);
  }

  /** Bytes of a stage of a tile in the shared memory of one block. */
  double stageBytes(KernelTile tile, KernelLibrary kernels) {
    boolean once = kernels.clusterKeepsOneCopy();
    return once ? loadedBytes(tile, kernels) : bytes(tile, 1, 1);
  }

  /** Bytes of a stage that a block loads itself; the others of its cluster hand it the rest. */
  double loadedBytes(KernelTile tile, KernelLibrary kernels) {
    return bytes(tile, kernels.clusterRows(), kernels.clusterColumns());
  }

  /**
   * Bytes that all groups of threads together read for a stage, from the shared memory of their own
   * multiprocessor: each its rows of A and its columns of B.
   */
  double readBytes(KernelTile tile, KernelLibrary kernels) {
    boolean once = kernels.clusterKeepsOneCopy();
    double a = tile.rows() * aBits * tile.groupColumns() / (once ? kernels.clusterColumns() : 1);
    double b = tile.columns() * bBits * tile.groupRows() / (once ? kernels.clusterRows() : 1);
    return tile.depth(type.bits()) * (a + b) / 8;
  }

  private double bytes(KernelTile tile, int sharersOfB, int sharersOfA) {
    double a = tile.rows() * aBits / sharersOfA;
    double b = tile.columns() * bBits / sharersOfB;
    return tile.depth(type.bits()) * (a + b) / 8;
  }
}
