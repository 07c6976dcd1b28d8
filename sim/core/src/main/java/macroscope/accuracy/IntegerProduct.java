package macroscope.accuracy;

import macroscope.onnx.Products.Integers;

/** Multiplies integers by one weight matrix of integers N x K, exactly, without zero points. */
@FunctionalInterface
public interface IntegerProduct {

  /**
   * {@code X * W^T}.
   *
   * @return rows x N, row-major
   */
  double[] multiply(Integers x);

  /** Sums in double precision, which are exact: they stay below 2^53. */
  static IntegerProduct exact(Integers weight) {
    return x ->
        DenseProduct.multiply(
            x.values(), x.rows(), weight.values(), weight.rows(), weight.columns());
  }
}
