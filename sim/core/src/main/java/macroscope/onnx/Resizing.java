package macroscope.onnx;

import java.util.Arrays;
import java.util.List;

/** Resize and Upsample: nearest neighbours and linear interpolation along every axis. */
final class Resizing {
  private Resizing() {}

  /** How places of the result fall between those of the operand. */
  private record Sampling(String coordinates, String nearest, boolean linear) {
    static Sampling of(Call call) {
      boolean upsample = call.node().operator() == Operator.UPSAMPLE;
      Attributes attributes = call.attributes();
      String mode = attributes.text("mode", "nearest");
      call.require(
          List.of("nearest", "linear", "bilinear").contains(mode),
          "mode must be nearest or linear: " + mode);
      boolean old = upsample || call.opset() < 11;
      String coordinates =
          attributes.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
      List<String> known =
          List.of("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric");
      call.require(
          known.contains(coordinates),
          "coordinate_transformation_mode must be one of " + known + ": " + coordinates);
      call.require(
          attributes.integer("antialias", 0) == 0 && !attributes.has("axes"),
          "antialias must be 0 and axes must not be given");
      String nearest = attributes.text("nearest_mode", old ? "floor" : "round_prefer_floor");
      return new Sampling(coordinates, nearest, !mode.equals("nearest"));
    }

    double place(int i, double scale, int from, int to) {
      return switch (coordinates) {
        case "asymmetric" -> i / scale;
        case "align_corners" -> to == 1 ? 0 : i * (from - 1.0) / (to - 1);
        case "pytorch_half_pixel" -> to == 1 ? 0 : (i + 0.5) / scale - 0.5;
        default -> (i + 0.5) / scale - 0.5;
      };
    }

    int rounded(double place) {
      return (int)
          switch (nearest) {
            case "floor" -> Math.floor(place);
            case "ceil" -> Math.ceil(place);
            case "round_prefer_ceil" -> Math.floor(place + 0.5);
            default -> Math.ceil(place - 0.5);
          };
    }
  }

  static List<Result> resize(Call call) {
    int[] x = call.shape(0);
    double[] scales = scales(call, x);
    Sampling sampling = Sampling.of(call);
    int[] shape = new int[x.length];
    int sizes = sizesOperand(call);
    for (int axis = 0; axis < x.length; axis++) {
      shape[axis] =
          sizes > 0 ? call.integers(sizes)[axis] : (int) Math.floor(x[axis] * scales[axis]);
    }
    return Result.one(
        call.type(0),
        shape,
        () -> {
          double[] values = call.values(0);
          int[] now = x.clone();
          for (int axis = 0; axis < x.length; axis++) {
            if (shape[axis] != x[axis]) {
              values = along(values, now, axis, shape[axis], scales[axis], sampling);
              now[axis] = shape[axis];
            }
          }
          return values;
        });
  }

  private static int sizesOperand(Call call) {
    return call.has(3) && call.operand(3).size() > 0 ? 3 : 0;
  }

  private static double[] scales(Call call, int[] x) {
    if (sizesOperand(call) > 0) {
      int[] sizes = call.integers(3);
      call.require(sizes.length == x.length, "sizes must number as many as axes", x, sizes);
      double[] scales = new double[x.length];
      Arrays.setAll(scales, axis -> sizes[axis] / (double) x[axis]);
      return scales;
    }
    int operand = call.node().operator() == Operator.UPSAMPLE || call.opset() < 11 ? 1 : 2;
    call.integers(operand); // the shape depends on them
    double[] scales = call.values(operand);
    call.require(scales.length == x.length, "scales must number as many as axes", x);
    return scales;
  }

  private static double[] along(
      double[] x, int[] shape, int axis, int length, double scale, Sampling sampling) {
    int from = shape[axis];
    int inner = Layout.size(shape, axis + 1, shape.length);
    int outer = Layout.size(shape, 0, axis);
    double[] out = new double[outer * length * inner];
    for (int i = 0; i < length; i++) {
      double place = sampling.place(i, scale, from, length);
      int low =
          bounded(sampling.linear() ? (int) Math.floor(place) : sampling.rounded(place), from);
      int high = sampling.linear() ? bounded((int) Math.floor(place) + 1, from) : low;
      double part = sampling.linear() ? place - Math.floor(place) : 0;
      for (int o = 0; o < outer; o++) {
        for (int e = 0; e < inner; e++) {
          double a = x[(o * from + low) * inner + e];
          double b = x[(o * from + high) * inner + e];
          out[(o * length + i) * inner + e] = part == 0 ? a : a * (1 - part) + b * part;
        }
      }
    }
    return out;
  }

  private static int bounded(int place, int length) {
    return Math.max(0, Math.min(length - 1, place));
  }
}
