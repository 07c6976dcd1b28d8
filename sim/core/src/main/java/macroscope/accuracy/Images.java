package macroscope.accuracy;

import macroscope.workload.Tensor;
import macroscope.workload.Window;

/** Windows on images in the layout batch, channel, height, width. */
final class Images {

  private Images() {}

  /**
   * The im2col matrix of a batch: one row an output pixel (image, row, column), K in the order
   * channel, kernel row, kernel column; padding is zero.
   */
  static double[] columns(double[] x, Window w) {
    double[] out = new double[w.batch() * w.positions() * w.taps()];
    int at = 0;
    for (int image = 0; image < w.batch(); image++) {
      for (int position = 0; position < w.positions(); position++) {
        int top = position / w.outWidth() * w.strideY() - w.padTop();
        int left = position % w.outWidth() * w.strideX() - w.padLeft();
        at = gather(x, image * w.imageSize(), w, top, left, out, at);
      }
    }
    return out;
  }

  private static int gather(
      double[] x, int image, Window w, int top, int left, double[] out, int at) {
    for (int c = 0; c < w.channels(); c++) {
      for (int i = 0; i < w.kernelHeight(); i++) {
        int row = top + i * w.dilationY();
        int line = image + (c * w.height() + row) * w.width();
        for (int j = 0; j < w.kernelWidth(); j++, at++) {
          int column = left + j * w.dilationX();
          if (inside(row, w.height()) && inside(column, w.width())) {
            out[at] = x[line + column];
          }
        }
      }
    }
    return at;
  }

  private static boolean inside(int index, int length) {
    return index >= 0 && index < length;
  }

  /** From rows of output channels, one a pixel, to the layout of images; adds the bias. */
  static double[] fromRows(double[] rows, double[] bias, Window w) {
    double[] out = new double[rows.length];
    int n = w.outputs();
    for (int image = 0; image < w.batch(); image++) {
      int base = image * w.positions() * n;
      for (int c = 0; c < n; c++) {
        double offset = bias.length == 0 ? 0 : bias[c];
        for (int p = 0; p < w.positions(); p++) {
          out[base + c * w.positions() + p] = rows[base + p * n + c] + offset;
        }
      }
    }
    return out;
  }

  /** The largest element under each window; padding never wins. */
  static Tensor maxPool(Tensor x, Window w, int[] shape) {
    double[] out = new double[Tensor.size(shape)];
    for (int plane = 0, at = 0; plane < w.batch() * w.channels(); plane++) {
      for (int position = 0; position < w.positions(); position++, at++) {
        int top = position / w.outWidth() * w.strideY() - w.padTop();
        int left = position % w.outWidth() * w.strideX() - w.padLeft();
        out[at] = largest(x.values(), plane * w.height() * w.width(), w, top, left);
      }
    }
    return new Tensor(shape, out);
  }

  private static double largest(double[] x, int plane, Window w, int top, int left) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < w.kernelHeight(); i++) {
      int row = top + i * w.dilationY();
      for (int j = 0; j < w.kernelWidth(); j++) {
        int column = left + j * w.dilationX();
        if (inside(row, w.height()) && inside(column, w.width())) {
          largest = Math.max(largest, x[plane + row * w.width() + column]);
        }
      }
    }
    return largest;
  }
}
