package macroscope.accuracy;

import macroscope.onnx.Tensor;

/** Operations along the last axis, in double precision. */
final class Rows {

  private Rows() {}

  /** Softmax along the last axis; the largest element is subtracted first. */
  static Tensor softmax(Tensor x) {
    int length = x.shape()[x.rank() - 1];
    double[] out = new double[x.values().length];
    for (int at = 0; at < out.length; at += length) {
      softmax(x.values(), out, at, length);
    }
    return new Tensor(x.shape(), out);
  }

  private static void softmax(double[] x, double[] out, int at, int length) {
    double largest = largest(x, at, length);
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      out[i] = StrictMath.exp(x[i] - largest);
      sum += out[i];
    }
    for (int i = at; i < at + length; i++) {
      out[i] /= sum;
    }
  }

  /** The largest of some elements; NaN if one is. */
  static double largest(double[] x, int at, int length) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = at; i < at + length; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  /** {@code log(sum of exp)} of some elements. */
  static double logSumExp(double[] x, int at, int length) {
    double largest = largest(x, at, length);
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += StrictMath.exp(x[i] - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
