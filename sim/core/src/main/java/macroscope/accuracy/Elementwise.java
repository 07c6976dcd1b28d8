package macroscope.accuracy;

import macroscope.workload.Operator;
import macroscope.workload.Tensor;
import org.apache.commons.numbers.gamma.Erf;

/** Operations on single elements, in double precision. */
final class Elementwise {

  private Elementwise() {}

  /** A function of one operand: Relu, Sqrt or Erf. NaN passes. */
  static Tensor unary(Operator operator, Tensor x) {
    double[] in = x.values();
    double[] out = new double[in.length];
    switch (operator) {
      case RELU -> {
        for (int i = 0; i < in.length; i++) {
          out[i] = Math.max(in[i], 0);
        }
      }
      case SQRT -> {
        for (int i = 0; i < in.length; i++) {
          out[i] = Math.sqrt(in[i]);
        }
      }
      case ERF -> {
        for (int i = 0; i < in.length; i++) {
          out[i] = Erf.value(in[i]);
        }
      }
      default -> throw new IllegalArgumentException("not a unary operator: " + operator);
    }
    return new Tensor(x.shape(), out);
  }

  /** Add, Sub, Mul or Div with numpy broadcasting to {@code shape}. */
  static Tensor binary(Operator operator, Tensor a, Tensor b, int[] shape) {
    double[] out = new double[Tensor.size(shape)];
    int[] stepsA = steps(a.shape(), shape);
    int[] stepsB = steps(b.shape(), shape);
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
      run(operator, a.values(), fromA, stepA, b.values(), fromB, stepB, out, at, length);
    }
    return new Tensor(shape, out);
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

  private static void run(
      Operator operator,
      double[] a,
      int fromA,
      int stepA,
      double[] b,
      int fromB,
      int stepB,
      double[] out,
      int at,
      int length) {
    switch (operator) {
      case ADD -> {
        for (int i = 0; i < length; i++) {
          out[at + i] = a[fromA + i * stepA] + b[fromB + i * stepB];
        }
      }
      case SUB -> {
        for (int i = 0; i < length; i++) {
          out[at + i] = a[fromA + i * stepA] - b[fromB + i * stepB];
        }
      }
      case MUL -> {
        for (int i = 0; i < length; i++) {
          out[at + i] = a[fromA + i * stepA] * b[fromB + i * stepB];
        }
      }
      case DIV -> {
        for (int i = 0; i < length; i++) {
          out[at + i] = a[fromA + i * stepA] / b[fromB + i * stepB];
        }
      }
      default -> throw new IllegalArgumentException("not a binary operator: " + operator);
    }
  }
}
