package macroscope.onnx;

import java.util.Arrays;

/** Operators that reduce axes. Elements are taken in order, sums rounded after every step. */
final class Reduction {

  /** One number from a stretch of elements. */
  @FunctionalInterface
  interface Function {
    double of(double[] x, int at, int length);
  }

  private Reduction() {}

  /** ReduceMean and its like; axes are an attribute at first, an operand in later operator sets. */
  static Kernel of(Function function) {
    return call -> {
      Operand x = call.operand(0);
      boolean none = call.has(1) && call.integers(1).length == 0;
      boolean kept = none && call.attributes().integer("noop_with_empty_axes", 0) != 0;
      if (kept || !call.has(1) && noopWithoutAxes(call)) {
        return Result.reshaped(call, x.shape());
      }
      int[] axes = none ? all(x.rank()) : call.axes(1, x.rank());
      boolean keep = call.attributes().integer("keepdims", 1) != 0;
      return Result.one(
          x.type(),
          reduced(x.shape(), axes, keep),
          () -> reduce(call.values(0), x.shape(), axes, function));
    };
  }

  private static boolean noopWithoutAxes(Call call) {
    return !call.attributes().has("axes")
        && call.attributes().integer("noop_with_empty_axes", 0) != 0;
  }

  private static int[] all(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  private static int[] reduced(int[] shape, int[] axes, boolean keep) {
    boolean[] gone = chosen(shape.length, axes);
    int[] result = new int[shape.length];
    int rank = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      if (!gone[axis]) {
        result[rank++] = shape[axis];
      } else if (keep) {
        result[rank++] = 1;
      }
    }
    return Arrays.copyOf(result, rank);
  }

  private static boolean[] chosen(int rank, int[] axes) {
    boolean[] chosen = new boolean[rank];
    Arrays.stream(axes).forEach(axis -> chosen[axis] = true);
    return chosen;
  }

  /** The elements of each result side by side. */
  private static double[] reduce(double[] values, int[] shape, int[] axes, Function function) {
    boolean[] gone = chosen(shape.length, axes);
    int[] order = new int[shape.length];
    int outer = 0;
    int length = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      if (!gone[axis]) {
        order[outer++] = axis;
      }
    }
    boolean sorted = true;
    for (int axis = 0, at = outer; axis < shape.length; axis++) {
      if (gone[axis]) {
        sorted &= at == axis;
        order[at++] = axis;
        length *= shape[axis];
      }
    }
    double[] x = sorted ? values : Layout.transposed(values, shape, order);
    double[] out = new double[length == 0 ? 0 : x.length / length];
    for (int i = 0; i < out.length; i++) {
      out[i] = function.of(x, i * length, length);
    }
    return out;
  }

  static double sum(double[] x, int at, int length) {
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += x[i];
    }
    return sum;
  }

  static double mean(double[] x, int at, int length) {
    return sum(x, at, length) / length;
  }

  static double largest(double[] x, int at, int length) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = at; i < at + length; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  static double smallest(double[] x, int at, int length) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = at; i < at + length; i++) {
      smallest = Math.min(smallest, x[i]);
    }
    return smallest;
  }

  static double product(double[] x, int at, int length) {
    double product = 1;
    for (int i = at; i < at + length; i++) {
      product *= x[i];
    }
    return product;
  }

  static double absolutes(double[] x, int at, int length) {
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += Math.abs(x[i]);
    }
    return sum;
  }

  static double squares(double[] x, int at, int length) {
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += x[i] * x[i];
    }
    return sum;
  }

  static double norm(double[] x, int at, int length) {
    return Math.sqrt(squares(x, at, length));
  }

  static double logSum(double[] x, int at, int length) {
    return StrictMath.log(sum(x, at, length));
  }

  static double logSumExp(double[] x, int at, int length) {
    double largest = largest(x, at, length);
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += StrictMath.exp(x[i] - largest);
    }
    return largest + StrictMath.log(sum);
  }

  /** ArgMax or ArgMin: the first of equals, or the last with {@code select_last_index}. */
  static Kernel argument(double sign) {
    return call -> {
      Operand x = call.operand(0);
      int axis = call.axis(x.rank(), 0);
      boolean keep = call.attributes().integer("keepdims", 1) != 0;
      boolean last = call.attributes().integer("select_last_index", 0) != 0;
      return Result.one(
          ElementType.INT64,
          reduced(x.shape(), new int[] {axis}, keep),
          () ->
              reduce(
                  call.values(0),
                  x.shape(),
                  new int[] {axis},
                  (v, at, length) -> place(v, at, length, sign, last)));
    };
  }

  private static double place(double[] x, int at, int length, double sign, boolean last) {
    int best = 0;
    for (int i = 1; i < length; i++) {
      double gain = sign * (x[at + i] - x[at + best]);
      if (gain > 0 || last && gain == 0) {
        best = i;
      }
    }
    return best;
  }

  /** GlobalAveragePool and its like: all axes behind the channels, which stay as ones. */
  static Kernel ofImages(Function function) {
    return call -> {
      Operand x = call.operand(0);
      call.require(x.rank() >= 2, "images must have a batch and channels", x.shape());
      int[] shape = x.shape().clone();
      Arrays.fill(shape, 2, shape.length, 1);
      int[] axes = Arrays.copyOfRange(all(x.rank()), 2, x.rank());
      return Result.one(x.type(), shape, () -> reduce(call.values(0), x.shape(), axes, function));
    };
  }
}
