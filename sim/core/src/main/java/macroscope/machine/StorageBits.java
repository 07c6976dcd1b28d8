package macroscope.machine;

import macroscope.tensor.Coding;
import macroscope.tensor.TensorFormat;
import macroscope.unit.TernaryPacking;
import macroscope.unit.TernaryTableSpec;
import macroscope.unit.UnitSpec;
import macroscope.workload.Gemm;

/**
 * Bits that memories hold for one element of each matrix, shares of scales included.
 *
 * @param a of an activation
 * @param b of a weight
 * @param output of a result or a partial sum: the unit's accumulator format
 */
public record StorageBits(double a, double b, double output) {

  public StorageBits {
    positive("bits of an activation", a);
    positive("bits of a weight", b);
    positive("bits of a result", output);
  }

  /** The bits of a product's matrices as their formats store them: A is M x K, B is N x K. */
  public static StorageBits of(TensorFormat a, TensorFormat b, int accumulatorBits, Gemm gemm) {
    return new StorageBits(
        a.bitsPerElement(gemm.m(), gemm.k()),
        b.bitsPerElement(gemm.n(), gemm.k()),
        accumulatorBits);
  }

  /** The same as a unit reads them, see {@link #ofWeights}. */
  public static StorageBits of(
      UnitSpec unit, TensorFormat a, TensorFormat b, int accumulatorBits, Gemm gemm) {
    return new StorageBits(
        a.bitsPerElement(gemm.m(), gemm.k()), ofWeights(unit, b, gemm), accumulatorBits);
  }

  /**
   * Bits of a weight: those of its format, but for units whose weights are packed, several to an index
   * (TL2 has 5 bits for 3).
   */
  public static double ofWeights(UnitSpec unit, TensorFormat b, Gemm gemm) {
    double bits = b.bitsPerElement(gemm.n(), gemm.k());
    if (unit instanceof TernaryTableSpec table && b.coding() instanceof Coding.Single) {
      TernaryPacking packing = table.packing();
      int indices = (gemm.k() + packing.inputs() - 1) / packing.inputs();
      return bits - b.element().bits() + (double) packing.codeBits() * indices / gemm.k();
    }
    return bits;
  }

  private static void positive(String name, double bits) {
    if (!(bits > 0 && bits < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + bits);
    }
  }
}
