package macroscope.onnx;

import java.util.List;

/** Windows on images in the layout batch, channel, height, width. */
final class Images {
  private Images() {}

  /**
   * The im2col matrix of a batch for one group of channels: one row an output pixel (image, row,
   * column), K in the order channel, kernel row, kernel column; padding has one value.
   */
  static double[] columns(double[] x, Window w, int group, double padding) {
    double[] out = new double[w.batch() * w.positions() * w.taps()];
    int at = 0;
    for (int image = 0; image < w.batch(); image++) {
      for (int position = 0; position < w.positions(); position++) {
        int top = position / w.outWidth() * w.strideY() - w.padTop();
        int left = position % w.outWidth() * w.strideX() - w.padLeft();
        at = gather(x, image * w.imageSize(), w, group, top, left, padding, out, at);
      }
    }
    return out;
  }

  private static int gather(
      double[] x,
      int image,
      Window w,
      int group,
      int top,
      int left,
      double padding,
      double[] out,
      int at) {
    int channels = w.channels() / w.groups();
    for (int c = group * channels; c < (group + 1) * channels; c++) {
      for (int i = 0; i < w.kernelHeight(); i++) {
        int row = top + i * w.dilationY();
        int line = image + (c * w.height() + row) * w.width();
        for (int j = 0; j < w.kernelWidth(); j++, at++) {
          int column = left + j * w.dilationX();
          boolean inside = inside(row, w.height()) && inside(column, w.width());
          out[at] = inside ? x[line + column] : padding;
        }
      }
    }
    return at;
  }

  private static boolean inside(int index, int length) {
    return index >= 0 && index < length;
  }

  /** From rows of a group's output channels, one a pixel, to the layout of images. */
  static void fromRows(double[] rows, Window w, int group, double[] out) {
    int n = w.outputs() / w.groups();
    for (int image = 0; image < w.batch(); image++) {
      int base = image * w.positions();
      for (int c = 0; c < n; c++) {
        int to = (image * w.outputs() + group * n + c) * w.positions();
        for (int p = 0; p < w.positions(); p++) {
          out[to + p] = rows[(base + p) * n + c];
        }
      }
    }
  }

  /** MaxPool: the largest element under each window, and where it stands; padding never wins. */
  static List<Result> maxPool(Call call) {
    Window w = Window.ofPooling(call);
    int[] shape = w.shape(w.channels(), call.shape(0).length);
    List<Result> all =
        List.of(
            new Result(call.type(0), shape, () -> maxima(call.values(0), w, false), false),
            new Result(ElementType.INT64, shape, () -> maxima(call.values(0), w, true), false));
    boolean rows = call.attributes().integer("storage_order", 0) == 0;
    call.require(rows || call.node().outputs().size() == 1, "storage_order must be 0");
    return all.subList(0, Math.min(2, call.node().outputs().size()));
  }

  private static double[] maxima(double[] x, Window w, boolean places) {
    int planes = w.batch() * w.channels();
    double[] out = new double[planes * w.positions()];
    for (int plane = 0, at = 0; plane < planes; plane++) {
      for (int position = 0; position < w.positions(); position++, at++) {
        int best = largest(x, plane * w.height() * w.width(), w, position);
        out[at] = places ? best : best < 0 ? Double.NEGATIVE_INFINITY : x[best];
      }
    }
    return out;
  }

  /** Where the first of the largest elements stands; NaN is larger than all. */
  private static int largest(double[] x, int plane, Window w, int position) {
    int top = position / w.outWidth() * w.strideY() - w.padTop();
    int left = position % w.outWidth() * w.strideX() - w.padLeft();
    int best = -1;
    for (int i = 0; i < w.kernelHeight(); i++) {
      int row = top + i * w.dilationY();
      for (int j = 0; j < w.kernelWidth(); j++) {
        int column = left + j * w.dilationX();
        if (inside(row, w.height()) && inside(column, w.width())) {
          int at = plane + row * w.width() + column;
          best = best < 0 || x[at] > x[best] || Double.isNaN(x[at]) ? at : best;
        }
      }
    }
    return best;
  }

  /** AveragePool: the mean of the elements under each window; padding counts if asked for. */
  static List<Result> averagePool(Call call) {
    Window w = Window.ofPooling(call);
    boolean counts = call.attributes().integer("count_include_pad", 0) != 0;
    return Result.one(
        call.type(0),
        w.shape(w.channels(), call.shape(0).length),
        () -> {
          int planes = w.batch() * w.channels();
          double[] out = new double[planes * w.positions()];
          for (int plane = 0, at = 0; plane < planes; plane++) {
            for (int position = 0; position < w.positions(); position++, at++) {
              out[at] =
                  average(call.values(0), plane * w.height() * w.width(), w, position, counts);
            }
          }
          return out;
        });
  }

  private static double average(double[] x, int plane, Window w, int position, boolean counts) {
    int top = position / w.outWidth() * w.strideY() - w.padTop();
    int left = position % w.outWidth() * w.strideX() - w.padLeft();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < w.kernelHeight(); i++) {
      int row = top + i * w.dilationY();
      for (int j = 0; j < w.kernelWidth(); j++) {
        int column = left + j * w.dilationX();
        boolean inside = inside(row, w.height()) && inside(column, w.width());
        boolean padding = row < w.height() + w.padBottom() && column < w.width() + w.padRight();
        sum += inside ? x[plane + row * w.width() + column] : 0;
        count += inside || counts && padding ? 1 : 0;
      }
    }
    return sum / count;
  }
}
