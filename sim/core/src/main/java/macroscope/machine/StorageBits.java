package macroscope.machine;

import macroscope.tensor.TensorFormat;
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

  private static void positive(String name, double bits) {
    if (!(bits > 0 && bits < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + bits);
    }
  }
}
