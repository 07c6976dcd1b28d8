package macroscope.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Operators that look elements up by their indices, or put them there. */
final class Gathering {
  private Gathering() {}

  static List<Result> gather(Call call) {
    int[] x = call.shape(0);
    int[] indices = call.shape(1);
    int axis = call.axis(x.length, 0);
    int[] shape = new int[x.length - 1 + indices.length];
    System.arraycopy(x, 0, shape, 0, axis);
    System.arraycopy(indices, 0, shape, axis, indices.length);
    System.arraycopy(x, axis + 1, shape, axis + indices.length, x.length - axis - 1);
    return Result.one(
        call.type(0),
        shape,
        () -> {
          int outer = Layout.size(x, 0, axis);
          int inner = Layout.size(x, axis + 1, x.length);
          int[] rows = indices(call, call.values(1), x[axis]);
          double[] out = new double[Tensor.size(shape)];
          for (int o = 0, at = 0; o < outer; o++) {
            for (int row : rows) {
              System.arraycopy(call.values(0), (o * x[axis] + row) * inner, out, at, inner);
              at += inner;
            }
          }
          return out;
        });
  }

  private static int[] indices(Call call, double[] given, int length) {
    int[] rows = new int[given.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = index(call, given[i], length);
    }
    return rows;
  }

  private static int index(Call call, double given, int length) {
    double row = given < 0 ? given + length : given;
    if (!(row >= 0 && row < length)) {
      throw call.refuse("indices must be -" + length + ".." + (length - 1) + ": " + (long) given);
    }
    return (int) row;
  }

  static List<Result> gatherElements(Call call) {
    int[] x = call.shape(0);
    int[] shape = call.shape(1);
    int axis = call.axis(x.length, 0);
    call.require(shape.length == x.length, "ranks must agree", x, shape);
    return Result.one(
        call.type(0),
        shape,
        () -> {
          double[] out = new double[Tensor.size(shape)];
          for (int i = 0; i < out.length; i++) {
            out[i] = call.values(0)[along(call, i, shape, x, axis, call.values(1)[i])];
          }
          return out;
        });
  }

  /** Where element {@code i} of the indices points to. */
  private static int along(Call call, int i, int[] shape, int[] x, int axis, double given) {
    int[] steps = Layout.steps(x);
    int from = index(call, given, x[axis]) * steps[axis];
    int rest = i;
    for (int a = shape.length - 1; a >= 0; a--) {
      from += a == axis ? 0 : rest % shape[a] * steps[a];
      rest /= shape[a];
    }
    return from;
  }

  static List<Result> gatherNd(Call call) {
    int[] x = call.shape(0);
    int[] indices = call.shape(1);
    int batch = call.attributes().integer("batch_dims", 0);
    int depth = indices[indices.length - 1];
    call.require(batch + depth <= x.length, "indices must be within the rank", x, indices);
    int[] shape = new int[indices.length - 1 + x.length - batch - depth];
    System.arraycopy(indices, 0, shape, 0, indices.length - 1);
    System.arraycopy(x, batch + depth, shape, indices.length - 1, x.length - batch - depth);
    int inner = Layout.size(x, batch + depth, x.length);
    int inBatch = Layout.size(indices, batch, indices.length - 1);
    return Result.one(
        call.type(0),
        shape,
        () -> {
          int[] steps = Layout.steps(x);
          double[] out = new double[Tensor.size(shape)];
          for (int i = 0; i < call.values(1).length / depth; i++) {
            int from = batch == 0 ? 0 : i / inBatch * steps[batch - 1];
            from += place(call, call.values(1), i * depth, depth, x, batch, steps);
            System.arraycopy(call.values(0), from, out, i * inner, inner);
          }
          return out;
        });
  }

  private static int place(
      Call call, double[] indices, int at, int depth, int[] x, int firstAxis, int[] steps) {
    int from = 0;
    for (int d = 0; d < depth; d++) {
      int axis = firstAxis + d;
      from += index(call, indices[at + d], x[axis]) * steps[axis];
    }
    return from;
  }

  static List<Result> scatterNd(Call call) {
    int[] x = call.shape(0);
    int[] indices = call.shape(1);
    int depth = indices[indices.length - 1];
    int inner = Layout.size(x, depth, x.length);
    DoubleBinaryOperator reduction = reduction(call);
    return Result.one(
        call.type(0),
        x,
        () -> {
          double[] out = call.values(0).clone();
          int[] steps = Layout.steps(x);
          for (int i = 0; i < call.values(1).length / depth; i++) {
            int to = place(call, call.values(1), i * depth, depth, x, 0, steps);
            for (int e = 0; e < inner; e++) {
              out[to + e] = reduction.applyAsDouble(out[to + e], call.values(2)[i * inner + e]);
            }
          }
          return out;
        });
  }

  static List<Result> scatterElements(Call call) {
    int[] x = call.shape(0);
    int[] shape = call.shape(1);
    int axis = call.axis(x.length, 0);
    call.require(shape.length == x.length, "ranks must agree", x, shape);
    DoubleBinaryOperator reduction = reduction(call);
    return Result.one(
        call.type(0),
        x,
        () -> {
          double[] out = call.values(0).clone();
          for (int i = 0; i < call.values(1).length; i++) {
            int to = along(call, i, shape, x, axis, call.values(1)[i]);
            out[to] = reduction.applyAsDouble(out[to], call.values(2)[i]);
          }
          return out;
        });
  }

  private static DoubleBinaryOperator reduction(Call call) {
    String name = call.attributes().text("reduction", "none");
    return switch (name) {
      case "none" -> (old, update) -> update;
      case "add" -> Double::sum;
      case "mul" -> (old, update) -> old * update;
      case "max" -> Math::max;
      case "min" -> Math::min;
      default -> throw call.refuse("reduction must be none, add, mul, max or min: " + name);
    };
  }

  /** OneHot: two numbers, off and on. */
  static List<Result> oneHot(Call call) {
    int[] indices = call.shape(0);
    int depth = call.integers(1)[0];
    int rank = indices.length + 1;
    int axis = call.axis(rank, -1);
    int[] shape = new int[rank];
    System.arraycopy(indices, 0, shape, 0, axis);
    shape[axis] = depth;
    System.arraycopy(indices, axis, shape, axis + 1, rank - axis - 1);
    return Result.one(
        call.type(2),
        shape,
        () -> {
          double[] out = new double[Tensor.size(shape)];
          Arrays.fill(out, call.values(2)[0]);
          int inner = Layout.size(shape, axis + 1, rank);
          for (int i = 0; i < call.values(0).length; i++) {
            double given = call.values(0)[i];
            double one = given < 0 ? given + depth : given;
            if (one >= 0 && one < depth) {
              out[(i / inner * depth + (int) one) * inner + i % inner] = call.values(2)[1];
            }
          }
          return out;
        });
  }

  /** Trilu: the upper or lower triangle of matrices, zeros elsewhere. */
  static List<Result> triangle(Call call) {
    int[] x = call.shape(0);
    call.require(x.length >= 2, "matrices are needed", x);
    boolean upper = call.attributes().integer("upper", 1) != 0;
    return Result.one(
        call.type(0),
        x,
        () -> {
          int k = call.has(1) ? (int) call.values(1)[0] : 0;
          int rows = x[x.length - 2];
          int columns = x[x.length - 1];
          double[] out = call.values(0).clone();
          for (int i = 0; i < out.length; i++) {
            int distance = i % columns - i / columns % rows - k;
            out[i] = (upper ? distance >= 0 : distance <= 0) ? out[i] : 0;
          }
          return out;
        });
  }

  /** CumSum along an axis. */
  static List<Result> runningSum(Call call) {
    int[] x = call.shape(0);
    boolean exclusive = call.attributes().integer("exclusive", 0) != 0;
    boolean reverse = call.attributes().integer("reverse", 0) != 0;
    return Result.one(
        call.type(0),
        x,
        () -> {
          int axis = call.normalized(new int[] {(int) call.values(1)[0]}, x.length)[0];
          int step = Layout.steps(x)[axis];
          double[] in = call.values(0);
          double[] out = new double[in.length];
          for (int start = 0; start < in.length; start++) {
            if (start / step % x[axis] == 0) {
              double sum = 0;
              for (int i = 0; i < x[axis]; i++) {
                int at = start + (reverse ? x[axis] - 1 - i : i) * step;
                out[at] = exclusive ? sum : sum + in[at];
                sum += in[at];
              }
            }
          }
          return out;
        });
  }

  /** NonZero: indices of elements that are not zero; its shape depends on the data. */
  static List<Result> nonZero(Call call) {
    int[] x = call.shape(0);
    call.integers(0);
    double[] values = call.values(0);
    int count = (int) Arrays.stream(values).filter(v -> v != 0).count();
    return Result.one(
        ElementType.INT64,
        new int[] {x.length, count},
        () -> {
          int[] steps = Layout.steps(x);
          double[] out = new double[x.length * count];
          for (int i = 0, at = 0; i < values.length; i++) {
            if (values[i] != 0) {
              for (int axis = 0; axis < x.length; axis++) {
                out[axis * count + at] = i / steps[axis] % x[axis];
              }
              at++;
            }
          }
          return out;
        });
  }

  /** TopK along an axis; of equals the first. */
  static List<Result> topK(Call call) {
    int[] x = call.shape(0);
    int axis = call.axis(x.length, -1);
    int k = call.has(1) ? call.integers(1)[0] : call.attributes().integer("k", 1);
    call.require(k >= 0 && k <= x[axis], "k must be within the axis: " + k, x);
    boolean largest = call.attributes().integer("largest", 1) != 0;
    int[] shape = x.clone();
    shape[axis] = k;
    return List.of(
        new Result(call.type(0), shape, () -> best(call, axis, shape, largest, false), false),
        new Result(ElementType.INT64, shape, () -> best(call, axis, shape, largest, true), false));
  }

  private static double[] best(Call call, int axis, int[] shape, boolean largest, boolean places) {
    int[] x = call.shape(0);
    int step = Layout.steps(x)[axis];
    int stepOut = Layout.steps(shape)[axis];
    double[] in = call.values(0);
    double[] out = new double[Tensor.size(shape)];
    for (int row = 0; row < in.length / x[axis]; row++) {
      int from = row / step * step * x[axis] + row % step;
      int to = row / step * step * shape[axis] + row % step;
      Integer[] order = new Integer[x[axis]];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order,
          (i, j) -> {
            int compared = Double.compare(in[from + i * step], in[from + j * step]);
            return largest ? -compared : compared;
          });
      for (int i = 0; i < shape[axis]; i++) {
        out[to + i * stepOut] = places ? order[i] : in[from + order[i] * step];
      }
    }
    return out;
  }
}
