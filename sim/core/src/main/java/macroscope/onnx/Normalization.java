package macroscope.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Operators that bring elements to a common scale: softmax and norms. */
final class Normalization {
  private Normalization() {}

  /**
   * Softmax: before opset 13 over all axes from {@code axis} on as if they were one, since then along
   * {@code axis} alone.
   */
  static List<Result> softmax(Call call) {
    return alongAxis(call, (x, length) -> call.products().softmax(x, length));
  }

  static List<Result> logSoftmax(Call call) {
    return alongAxis(call, Normalization::logSoftmax);
  }

  private static double[] logSoftmax(double[] x, int length) {
    double[] out = x.clone();
    for (int at = 0; at < x.length; at += length) {
      double norm = Reduction.logSumExp(x, at, length);
      for (int i = at; i < at + length; i++) {
        out[i] -= norm;
      }
    }
    return out;
  }

  private interface OfRows {
    double[] of(double[] x, int length);
  }

  private static List<Result> alongAxis(Call call, OfRows function) {
    int[] x = call.shape(0);
    boolean flattens = call.opset() < 13;
    int axis = call.axis(x.length, flattens ? 1 : -1);
    int length = flattens ? Layout.size(x, axis, x.length) : x[axis];
    boolean last = flattens || axis == x.length - 1;
    return Result.one(
        call.type(0),
        x,
        () -> {
          if (last) {
            return function.of(call.values(0), length);
          }
          int[] order = exchanged(x.length, axis);
          int[] turned = Arrays.stream(order).map(a -> x[a]).toArray();
          double[] rows = Layout.transposed(call.values(0), x, order);
          return Layout.transposed(function.of(rows, length), turned, order);
        });
  }

  /** The order of axes that exchanges one with the last; its own inverse. */
  private static int[] exchanged(int rank, int axis) {
    int[] order = IntStream.range(0, rank).toArray();
    order[axis] = rank - 1;
    order[rank - 1] = axis;
    return order;
  }

  /** LayerNormalization over the last axes: {@code (x - mean) / sqrt(variance + epsilon) scale + bias}. */
  static List<Result> layer(Call call) {
    int[] x = call.shape(0);
    int axis = call.axis(x.length, -1);
    int[] kept = x.clone();
    Arrays.fill(kept, axis, x.length, 1);
    int length = Layout.size(x, axis, x.length);
    double epsilon = call.attributes().real("epsilon", 1e-5f);
    List<Result> all =
        List.of(
            new Result(
                call.type(0),
                x,
                () -> scaled(call, normalized(call.values(0), length, epsilon), axis, 1, 2),
                false),
            new Result(call.type(0), kept, () -> means(call.values(0), length), false),
            new Result(
                call.type(0),
                kept,
                () -> Unary.map(variances(call.values(0), length), v -> 1 / Math.sqrt(v + epsilon)),
                false));
    return all.subList(0, Math.min(3, call.node().outputs().size()));
  }

  private static double[] means(double[] x, int length) {
    double[] means = new double[x.length / length];
    Arrays.setAll(means, i -> Reduction.mean(x, i * length, length));
    return means;
  }

  private static double[] variances(double[] x, int length) {
    double[] variances = new double[x.length / length];
    for (int row = 0; row < variances.length; row++) {
      double mean = Reduction.mean(x, row * length, length);
      double sum = 0;
      for (int i = row * length; i < (row + 1) * length; i++) {
        sum += (x[i] - mean) * (x[i] - mean);
      }
      variances[row] = sum / length;
    }
    return variances;
  }

  /** Rows less their mean, over their deviation. */
  private static double[] normalized(double[] x, int length, double epsilon) {
    double[] means = means(x, length);
    double[] variances = variances(x, length);
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int row = i / length;
      out[i] = (x[i] - means[row]) / Math.sqrt(variances[row] + epsilon);
    }
    return out;
  }

  /** Times an operand, plus another if given; both have the axes from {@code axis} on. */
  private static double[] scaled(Call call, double[] x, int axis, int scale, int bias) {
    int[] shape = call.shape(0);
    call.require(
        Layout.size(shape, axis, shape.length) % call.operand(scale).size() == 0,
        "the scale must fit",
        shape,
        call.shape(scale));
    double[] out =
        Broadcast.of(Broadcast.MUL, x, shape, call.values(scale), call.shape(scale), shape);
    return call.has(bias)
        ? Broadcast.of(Broadcast.ADD, out, shape, call.values(bias), call.shape(bias), shape)
        : out;
  }

  /** RMSNormalization: no mean is subtracted. */
  static List<Result> rootMeanSquare(Call call) {
    int[] x = call.shape(0);
    int axis = call.axis(x.length, -1);
    int length = Layout.size(x, axis, x.length);
    double epsilon = call.attributes().real("epsilon", 1e-5f);
    return Result.one(
        call.type(0),
        x,
        () -> {
          double[] out = call.values(0).clone();
          for (int at = 0; at < out.length; at += length) {
            double root =
                Math.sqrt(Reduction.squares(call.values(0), at, length) / length + epsilon);
            for (int i = at; i < at + length; i++) {
              out[i] /= root;
            }
          }
          return scaled(call, out, axis, 1, 2);
        });
  }

  /** BatchNormalization in inference: by the mean and the variance that training left. */
  static List<Result> batch(Call call) {
    int[] x = call.shape(0);
    call.require(call.attributes().integer("training_mode", 0) == 0, "training_mode must be 0");
    call.require(call.node().outputs().size() == 1, "a node in inference has one output");
    call.require(x.length >= 2 && call.operand(1).size() == x[1], "channels must agree", x);
    double epsilon = call.attributes().real("epsilon", 1e-5f);
    int inner = Layout.size(x, 2, x.length);
    return Result.one(
        call.type(0),
        x,
        () -> {
          double[] out = call.values(0).clone();
          for (int i = 0; i < out.length; i++) {
            int c = i / inner % x[1];
            double deviation = Math.sqrt(call.values(4)[c] + epsilon);
            out[i] =
                (out[i] - call.values(3)[c]) / deviation * call.values(1)[c] + call.values(2)[c];
          }
          return out;
        });
  }

  /** InstanceNormalization: each channel of each image by itself. */
  static List<Result> instance(Call call) {
    return grouped(call, call.shape(0)[1]);
  }

  /** GroupNormalization: channels in groups; scale and bias a channel, or a group before opset 21. */
  static List<Result> group(Call call) {
    return grouped(call, call.attributes().integer("num_groups", 0));
  }

  private static List<Result> grouped(Call call, int groups) {
    int[] x = call.shape(0);
    call.require(groups > 0 && x[1] % groups == 0, "groups must divide channels: " + groups, x);
    double epsilon = call.attributes().real("epsilon", 1e-5f);
    int inner = Layout.size(x, 2, x.length);
    int scales = call.operand(1).size();
    call.require(scales == x[1] || scales == groups, "the scale must fit", x, call.shape(1));
    return Result.one(
        call.type(0),
        x,
        () -> {
          double[] out = normalized(call.values(0), x[1] / groups * inner, epsilon);
          for (int i = 0; i < out.length; i++) {
            int c = i / inner % x[1] * scales / x[1];
            out[i] = out[i] * call.values(1)[c] + call.values(2)[c];
          }
          return out;
        });
  }

  /** LpNormalization along an axis. */
  static List<Result> norm(Call call) {
    int p = call.attributes().integer("p", 2);
    call.require(p == 1 || p == 2, "p must be 1 or 2: " + p);
    int[] x = call.shape(0);
    int axis = call.axis(x.length, -1);
    call.require(axis == x.length - 1, "the norm must run along the last axis", x);
    return Result.one(
        call.type(0),
        x,
        () -> {
          double[] out = call.values(0).clone();
          int length = x[axis];
          for (int at = 0; at < out.length; at += length) {
            double norm =
                p == 1
                    ? Reduction.absolutes(call.values(0), at, length)
                    : Reduction.norm(call.values(0), at, length);
            for (int i = at; i < at + length && norm != 0; i++) {
              out[i] /= norm;
            }
          }
          return out;
        });
  }

  /** SkipLayerNormalization of com.microsoft: the sum of two operands (and a bias), normalized. */
  static List<Result> skipLayer(Call call) {
    int[] x = call.shape(0);
    int length = x[x.length - 1];
    double epsilon = call.attributes().real("epsilon", 1e-12f);
    call.require(Arrays.equals(x, call.shape(1)), "both operands must have one shape", x);
    List<Result> results = new ArrayList<>();
    results.add(
        new Result(
            call.type(0),
            x,
            () -> scaled(call, normalized(skipped(call), length, epsilon), x.length - 1, 2, 3),
            false));
    int outputs = call.node().outputs().size();
    call.require(outputs == 1 || outputs == 4, "a node has one output, or the sum as its fourth");
    if (outputs == 4) {
      int[] none = {0};
      results.add(new Result(call.type(0), none, () -> new double[0], false));
      results.add(new Result(call.type(0), none, () -> new double[0], false));
      results.add(new Result(call.type(0), x, () -> skipped(call), false));
    }
    return results;
  }

  private static double[] skipped(Call call) {
    int[] x = call.shape(0);
    double[] sum = Broadcast.of(Broadcast.ADD, call.values(0), x, call.values(1), x, x);
    return call.has(4)
        ? Broadcast.of(Broadcast.ADD, sum, x, call.values(4), call.shape(4), x)
        : sum;
  }

  /** BiasGelu of com.microsoft: Gelu of a sum. */
  static Kernel ofSum(DoubleUnaryOperator function) {
    return call -> {
      int[] x = call.shape(0);
      return Result.one(
          call.type(0),
          x,
          () ->
              Unary.map(
                  call.has(1)
                      ? Broadcast.of(
                          Broadcast.ADD, call.values(0), x, call.values(1), call.shape(1), x)
                      : call.values(0),
                  function));
    };
  }
}
