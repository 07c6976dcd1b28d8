package macroscope.onnx;

import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Operations on pairs of elements, with numpy broadcasting. */
final class Broadcast {

  /** A run of pairs at even distances. */
  @FunctionalInterface
  interface Pairs {
    void run(double[] a, int atA, int stepA, double[] b, int atB, int stepB, double[] out, Run run);
  }

  /** A stretch of the result. */
  record Run(int at, int length) {}

  private Broadcast() {}

  /** An operator of two operands; integers are wrapped to their type. */
  static Kernel arithmetic(Pairs pairs) {
    return call -> {
      ElementType type = call.type(0);
      int[] shape = shape(call, call.shape(0), call.shape(1));
      return Result.one(
          type,
          shape,
          () ->
              wrapped(
                  type,
                  of(pairs, call.values(0), call.shape(0), call.values(1), call.shape(1), shape)));
    };
  }

  /** An operator of two operands that says true or false. */
  static Kernel relation(DoubleBinaryOperator relation) {
    return call -> {
      int[] shape = shape(call, call.shape(0), call.shape(1));
      return Result.one(
          ElementType.BOOL,
          shape,
          () ->
              of(
                  each(relation),
                  call.values(0),
                  call.shape(0),
                  call.values(1),
                  call.shape(1),
                  shape));
    };
  }

  /** An operator of one or more operands, taken pair by pair. */
  static Kernel variadic(DoubleBinaryOperator step) {
    return call -> {
      int[] shape = call.shape(0);
      for (int i = 1; i < call.operands(); i++) {
        shape = shape(call, shape, call.shape(i));
      }
      int[] result = shape;
      return Result.one(call.type(0), result, () -> folded(call, step, result));
    };
  }

  private static double[] folded(Call call, DoubleBinaryOperator step, int[] shape) {
    double[] result = expanded(call.values(0), call.shape(0), shape);
    for (int i = 1; i < call.operands(); i++) {
      result = of(each(step), result, shape, call.values(i), call.shape(i), shape);
    }
    return result;
  }

  /** Mean of one or more operands. */
  static List<Result> mean(Call call) {
    Result sum = variadic(Double::sum).apply(call).get(0);
    return Result.one(
        sum.type(), sum.shape(), () -> Unary.map(sum.values().get(), x -> x / call.operands()));
  }

  /** Where: elements of the second operand where the first is true, else of the third. */
  static List<Result> where(Call call) {
    int[] shape = shape(call, shape(call, call.shape(0), call.shape(1)), call.shape(2));
    return Result.one(
        call.type(1),
        shape,
        () -> {
          double[] condition = expanded(call.values(0), call.shape(0), shape);
          double[] yes = expanded(call.values(1), call.shape(1), shape);
          double[] out = expanded(call.values(2), call.shape(2), shape);
          for (int i = 0; i < out.length; i++) {
            out[i] = condition[i] != 0 ? yes[i] : out[i];
          }
          return out;
        });
  }

  /** Expand: the operand broadcast with a shape. */
  static List<Result> expand(Call call) {
    int[] shape = shape(call, call.shape(0), call.integers(1));
    return Result.one(call.type(0), shape, () -> expanded(call.values(0), call.shape(0), shape));
  }

  /** The shape that two shapes broadcast to. */
  static int[] shape(Call call, int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] result = new int[rank];
    for (int axis = 1; axis <= rank; axis++) {
      int left = axis <= a.length ? a[a.length - axis] : 1;
      int right = axis <= b.length ? b[b.length - axis] : 1;
      call.require(left == right || left == 1 || right == 1, "shapes must broadcast", a, b);
      result[rank - axis] = left == 1 ? right : left;
    }
    return result;
  }

  /** A copy of the elements repeated to fill a shape. */
  static double[] expanded(double[] x, int[] from, int[] shape) {
    double[] none = new double[1];
    return of(FIRST, x, from, none, new int[0], shape);
  }

  private static final Pairs FIRST =
      (a, atA, stepA, b, atB, stepB, out, run) -> {
        for (int i = 0; i < run.length(); i++) {
          out[run.at() + i] = a[atA + i * stepA];
        }
      };

  static final Pairs ADD =
      (a, atA, stepA, b, atB, stepB, out, run) -> {
        for (int i = 0; i < run.length(); i++) {
          out[run.at() + i] = a[atA + i * stepA] + b[atB + i * stepB];
        }
      };

  static final Pairs SUB =
      (a, atA, stepA, b, atB, stepB, out, run) -> {
        for (int i = 0; i < run.length(); i++) {
          out[run.at() + i] = a[atA + i * stepA] - b[atB + i * stepB];
        }
      };

  static final Pairs MUL =
      (a, atA, stepA, b, atB, stepB, out, run) -> {
        for (int i = 0; i < run.length(); i++) {
          out[run.at() + i] = a[atA + i * stepA] * b[atB + i * stepB];
        }
      };

  static final Pairs DIV =
      (a, atA, stepA, b, atB, stepB, out, run) -> {
        for (int i = 0; i < run.length(); i++) {
          out[run.at() + i] = a[atA + i * stepA] / b[atB + i * stepB];
        }
      };

  /** Pairs by a function of two numbers. */
  static Pairs each(DoubleBinaryOperator function) {
    return (a, atA, stepA, b, atB, stepB, out, run) -> {
      for (int i = 0; i < run.length(); i++) {
        out[run.at() + i] = function.applyAsDouble(a[atA + i * stepA], b[atB + i * stepB]);
      }
    };
  }

  private static double[] wrapped(ElementType type, double[] x) {
    for (int i = 0; type.isInteger() && i < x.length; i++) {
      x[i] = type.converted(x[i]); // truncates what a division left
    }
    return x;
  }

  /** All pairs of two operands broadcast to a shape. */
  static double[] of(Pairs pairs, double[] a, int[] shapeA, double[] b, int[] shapeB, int[] shape) {
    double[] out = new double[Tensor.size(shape)];
    if (out.length == 0) {
      return out;
    }
    int[] stepsA = steps(shapeA, shape);
    int[] stepsB = steps(shapeB, shape);
    int inner = shape.length - 1;
    while (inner > 0 && runsOn(stepsA, shape, inner) && runsOn(stepsB, shape, inner)) {
      inner--; // both operands go on evenly: one longer run
    }
    int from = Math.max(inner, 0);
    int length = 1;
    for (int axis = from; axis < shape.length; axis++) {
      length *= shape[axis];
    }
    int last = shape.length - 1;
    int stepA = last < 0 ? 0 : stepsA[last];
    int stepB = last < 0 ? 0 : stepsB[last];
    for (int at = 0; at < out.length; at += length) {
      int fromA = offset(at / length, stepsA, shape, from);
      int fromB = offset(at / length, stepsB, shape, from);
      pairs.run(a, fromA, stepA, b, fromB, stepB, out, new Run(at, length));
    }
    return out;
  }

  private static boolean runsOn(int[] steps, int[] shape, int axis) {
    return steps[axis - 1] == steps[axis] * shape[axis];
  }

  /** Distance in the operand between neighbours along each axis of the result; 0 where it repeats. */
  private static int[] steps(int[] operand, int[] result) {
    int[] steps = new int[result.length];
    int step = 1;
    for (int axis = 1; axis <= operand.length; axis++) {
      int length = operand[operand.length - axis];
      steps[result.length - axis] = length == 1 ? 0 : step;
      step *= length;
    }
    return steps;
  }

  private static int offset(int run, int[] steps, int[] shape, int axes) {
    int offset = 0;
    for (int axis = axes - 1; axis >= 0; axis--) {
      offset += run % shape[axis] * steps[axis];
      run /= shape[axis];
    }
    return offset;
  }
}
