package macroscope.accuracy;

import macroscope.workload.Tensor;

/** Operations along the last axes, in double precision. */
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

  /** Mean over the last elements, as many as bring {@code x} down to {@code shape}. */
  static Tensor mean(Tensor x, int[] shape) {
    double[] out = new double[Tensor.size(shape)];
    int length = x.values().length / out.length;
    for (int r = 0; r < out.length; r++) {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        sum += x.values()[r * length + i];
      }
      out[r] = sum / length;
    }
    return new Tensor(shape, out);
  }

  /** Axes in another order. */
  static Tensor transpose(Tensor x, int[] order, int[] shape) {
    int[] steps = new int[order.length];
    int step = 1;
    for (int axis = order.length - 1; axis >= 0; axis--) {
      for (int to = 0; to < order.length; to++) {
        if (order[to] == axis) {
          steps[to] = step;
        }
      }
      step *= x.shape()[axis];
    }
    double[] out = new double[x.values().length];
    int length = shape[shape.length - 1];
    int lastStep = steps[steps.length - 1];
    for (int at = 0; at < out.length; at += length) {
      int from = 0;
      int run = at / length;
      for (int axis = shape.length - 2; axis >= 0; axis--) {
        from += run % shape[axis] * steps[axis];
        run /= shape[axis];
      }
      for (int i = 0; i < length; i++) {
        out[at + i] = x.values()[from + i * lastStep];
      }
    }
    return new Tensor(shape, out);
  }
}
