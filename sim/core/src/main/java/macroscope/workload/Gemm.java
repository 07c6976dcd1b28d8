package macroscope.workload;

import macroscope.hardware.Widths;

/**
 * The shape of a matrix product: M x K activations by K x N weights.
 *
 * @param m rows of the result: tokens, images, output pixels
 * @param n columns of the result: output channels
 * @param k length of the contraction
 */
public record Gemm(int m, int n, int k) {

  public Gemm {
    Widths.positive("m", m);
    Widths.positive("n", n);
    Widths.positive("k", k);
  }

  /** Multiplications, and as many additions: {@code m * n * k}. */
  public long macs() {
    return Math.multiplyExact(Math.multiplyExact((long) m, n), (long) k);
  }

  /** As users write it: {@code MxNxK}. */
  @Override
  public String toString() {
    return m + "x" + n + "x" + k;
  }
}
