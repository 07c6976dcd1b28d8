package macroscope.fpga;

import macroscope.format.NumberFormat;
import macroscope.hardware.Component.Memory;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.workload.Gemm;

/**
 * A matrix-vector unit as FINN builds one for each layer (MVAU; Umuroglu et al., FPGA'17, arXiv
 * 1612.07119; FINN-R, arXiv 1809.04570): weights lie in on-chip memory, PE processing elements each
 * multiply SIMD inputs of a vector by a row of the matrix and accumulate. A vector is read once, in
 * words of SIMD numbers, and replayed from a buffer for the other rows.
 *
 * <pre>
 *   cycles = (rows / PE) (columns / SIMD) vectors
 * </pre>
 *
 * @param layer vectors x columns by columns x rows: M vectors, N rows, K columns
 * @param a format of the inputs
 * @param b format of the weights
 * @param accumulatorBits of each processing element
 * @param datapath what multiplies and accumulates
 * @param output what becomes of sums
 * @param folding PE divides rows, SIMD divides columns
 */
public record MatrixVectorUnit(
    Gemm layer,
    NumberFormat a,
    NumberFormat b,
    int accumulatorBits,
    MacDatapath datapath,
    OutputStage output,
    Folding folding) {

  public MatrixVectorUnit {
    divides("PE", folding.pe(), "rows", layer.n());
    divides("SIMD", folding.simd(), "columns", layer.k());
  }

  private static void divides(String what, int divisor, String of, int number) {
    if (number % divisor != 0) {
      throw new IllegalArgumentException(
          what + " must divide " + number + " " + of + ": " + divisor);
    }
  }

  /** The same unit, cut otherwise. */
  public MatrixVectorUnit folded(Folding other) {
    return new MatrixVectorUnit(layer, a, b, accumulatorBits, datapath, output, other);
  }

  /** Groups of rows that follow each other. */
  public int rowFolds() {
    return layer.n() / folding.pe();
  }

  /** Words of a vector. */
  public int columnFolds() {
    return layer.k() / folding.simd();
  }

  /** Groups of vectors that are multiplied one after another. */
  public int vectorFolds() {
    return (layer.m() + datapath.vectors() - 1) / datapath.vectors();
  }

  /** Cycles that it is busy with one input; the next may follow at once. */
  public long cycles() {
    return Math.multiplyExact((long) rowFolds() * columnFolds(), (long) vectorFolds());
  }

  /** Multiply-accumulates done, as a fraction of what its multipliers could do in these cycles. */
  public double utilisation() {
    double places = (double) folding.pe() * folding.simd() * datapath.vectors();
    return layer.macs() / (cycles() * places);
  }

  /**
   * Processing elements with what stands behind them, the memory of the weights (one word a cycle
   * for all elements) and, where a vector is read more than once, its buffer. Elements that share
   * multipliers come in whole groups.
   *
   * @throws IllegalArgumentException if the datapath has no such operands
   */
  public Inventory inventory() {
    InventoryBuilder element = new InventoryBuilder();
    output.addParts(element, accumulatorBits, rowFolds());
    int groups = (folding.pe() + datapath.elements() - 1) / datapath.elements();
    Inventory macs = datapath.parts(a, b, folding.simd(), accumulatorBits);
    InventoryBuilder shared = new InventoryBuilder();
    int words = Math.multiplyExact(rowFolds(), columnFolds());
    int wordBits = Math.multiplyExact(folding.pe() * folding.simd(), b.bits());
    shared.add(Role.STORAGE, "weights", new Memory(words, wordBits));
    if (rowFolds() > 1) {
      Memory vector = new Memory(columnFolds(), folding.simd() * a.bits());
      shared.add(Role.STORAGE, "input vector", vector, datapath.vectors());
    }
    return macs.times(groups * datapath.elements() * datapath.vectors())
        .plus(element.build().times(folding.pe() * datapath.vectors()))
        .plus(shared.build());
  }
}
