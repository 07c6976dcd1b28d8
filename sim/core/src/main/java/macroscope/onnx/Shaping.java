package macroscope.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators of shapes: they give another shape to the same elements, or tell what it is. */
final class Shaping {
  private Shaping() {}

  static List<Result> identity(Call call) {
    return Result.reshaped(call, call.shape(0));
  }

  /** Reshape: 0 keeps an axis unless {@code allowzero}, one -1 takes what is left. */
  static List<Result> reshape(Call call) {
    int[] x = call.shape(0);
    int[] asked = call.integers(1);
    boolean zeros = call.attributes().integer("allowzero", 0) != 0;
    int[] result = asked.clone();
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < result.length; axis++) {
      if (result[axis] == 0 && axis < x.length && !zeros) {
        result[axis] = x[axis];
      }
      if (result[axis] == -1 && open < 0) {
        open = axis;
      } else {
        known *= result[axis];
      }
    }
    long size = Tensor.size(x);
    if (open >= 0 && known > 0 && size % known == 0) {
      result[open] = (int) (size / known);
      known = size;
    }
    boolean fits = known == size && Arrays.stream(result).allMatch(length -> length >= 0);
    call.require(
        fits,
        Arrays.toString(x)
            + " must have as many elements as the new shape "
            + Arrays.toString(asked));
    return Result.reshaped(call, result);
  }

  static List<Result> flatten(Call call) {
    int[] x = call.shape(0);
    int axis = call.attributes().integer("axis", 1);
    call.require(axis >= -x.length && axis <= x.length, "axis must be within the rank", x);
    int cut = axis < 0 ? axis + x.length : axis;
    return Result.reshaped(call, new int[] {Layout.size(x, 0, cut), Layout.size(x, cut, x.length)});
  }

  /** Squeeze: without the axes that are named, or all of length 1. */
  static List<Result> squeeze(Call call) {
    int[] x = call.shape(0);
    boolean named = call.has(1) || call.attributes().has("axes");
    int[] ones = IntStream.range(0, x.length).filter(axis -> x[axis] == 1).toArray();
    int[] axes = named ? call.axes(1, x.length) : ones;
    call.require(Arrays.stream(axes).allMatch(a -> x[a] == 1), "axes must have length 1", x);
    int[] rest =
        IntStream.range(0, x.length)
            .filter(axis -> Arrays.stream(axes).noneMatch(a -> a == axis))
            .map(axis -> x[axis])
            .toArray();
    return Result.reshaped(call, rest);
  }

  static List<Result> unsqueeze(Call call) {
    int[] x = call.shape(0);
    int[] given = call.has(1) ? call.integers(1) : call.attributes().integers("axes");
    int[] axes = call.normalized(given, x.length + given.length);
    int[] shape = new int[x.length + axes.length];
    Arrays.stream(axes).forEach(axis -> shape[axis] = -1);
    int next = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      call.require(shape[axis] == -1 || next < x.length, "axes must differ", axes);
      shape[axis] = shape[axis] == -1 ? 1 : x[next++];
    }
    return Result.reshaped(call, shape);
  }

  /** Shape, or part of it since opset 15. */
  static List<Result> shape(Call call) {
    int[] x = call.shape(0);
    int start = bounded(call.attributes().integer("start", 0), x.length);
    int end = bounded(call.attributes().integer("end", x.length), x.length);
    return ofShapes(Tensor.ofIntegers(Arrays.copyOfRange(x, start, Math.max(start, end))));
  }

  private static int bounded(int axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  static List<Result> size(Call call) {
    return ofShapes(
        new Tensor(ElementType.INT64, new int[0], new double[] {Tensor.size(call.shape(0))}));
  }

  private static List<Result> ofShapes(Tensor tensor) {
    return List.of(new Result(tensor.type(), tensor.shape(), tensor::values, true));
  }

  /** ConstantOfShape: one number everywhere, 0 if none is given. */
  static List<Result> constantOfShape(Call call) {
    int[] shape = call.integers(0);
    call.require(Arrays.stream(shape).allMatch(l -> l >= 0), "lengths must not be negative", shape);
    Tensor value =
        call.attributes().tensor("value").orElse(new Tensor(new int[] {1}, new double[1]));
    return List.of(
        new Result(
            value.type(),
            shape,
            () -> {
              double[] filled = new double[Tensor.size(shape)];
              Arrays.fill(filled, value.values()[0]);
              return filled;
            },
            true));
  }

  /** Range: from start by delta, before the limit. */
  static List<Result> range(Call call) {
    for (int i = 0; i < 3; i++) {
      call.integers(i); // the length depends on all three
    }
    double start = call.values(0)[0];
    double delta = call.values(2)[0];
    int count = (int) Math.max(0, Math.ceil((call.values(1)[0] - start) / delta));
    return Result.one(
        call.type(0),
        new int[] {count},
        () -> IntStream.range(0, count).mapToDouble(i -> start + i * delta).toArray());
  }

  /** EyeLike: ones on a diagonal. */
  static List<Result> eyeLike(Call call) {
    int[] x = call.shape(0);
    call.require(x.length == 2, "a matrix is needed", x);
    int k = call.attributes().integer("k", 0);
    ElementType type =
        ElementType.byNumber(call.attributes().integer("dtype", 1)).orElse(ElementType.FLOAT);
    return Result.one(
        type,
        x,
        () -> {
          double[] out = new double[x[0] * x[1]];
          for (int row = Math.max(0, -k); row < x[0] && row + k < x[1]; row++) {
            out[row * x[1] + row + k] = 1;
          }
          return out;
        });
  }
}
