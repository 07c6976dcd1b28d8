package macroscope.onnx;

import java.util.Arrays;
import java.util.List;
import macroscope.onnx.Products.Integers;

/**
 * Operators that multiply matrices of integers. The datapath sums products of codes; zero points are
 * corrected outside of it, exactly: {@code sum (a - p)(b - q) = sum ab - q sum a - p sum b + K p q}.
 */
final class IntegerMultiplying {
  private IntegerMultiplying() {}

  /** An operand: integers with one zero point, or one a row. */
  private record Coded(Integers integers, double[] zeros) {
    double zero(int row) {
      return zeros.length == 1 ? zeros[0] : zeros[row];
    }

    double sum(int row) {
      return Reduction.sum(integers.values(), row * integers.columns(), integers.columns());
    }
  }

  static List<Result> matmul(Call call) {
    MatrixPairs pairs = MatrixPairs.of(call, call.shape(0), call.shape(1));
    return Result.one(
        ElementType.INT32, pairs.shape(), () -> wrapped(product(call, pairs, 0, 1, 2, 3)));
  }

  /** QLinearMatMul: both operands with scale and zero point, and those of the result. */
  static List<Result> quantizedMatmul(Call call) {
    MatrixPairs pairs = MatrixPairs.of(call, call.shape(0), call.shape(3));
    ElementType type = call.type(7);
    return Result.one(
        type,
        pairs.shape(),
        () -> {
          double[] sums = wrapped(product(call, pairs, 0, 3, 2, 5));
          return requantized(call, sums, i -> i % pairs.n(), 1, 4, 6);
        });
  }

  private static double[] product(
      Call call, MatrixPairs pairs, int a, int b, int zeroA, int zeroB) {
    double[] p = zeros(call, zeroA);
    double[] q = zeros(call, zeroB);
    int m = pairs.m();
    int n = pairs.n();
    int k = pairs.k();
    boolean weight = LinearNodes.isInteger(call.graph(), call.node()) && pairs.leadB().length == 0;
    if (weight) {
      int rows = pairs.rows();
      Integers x = new Integers(call.type(a), rows, k, call.values(a));
      double[] sums = call.products().integers(call.node(), 0, x);
      Coded right = new Coded(integers(call, b, call.values(b), n, k), q);
      return corrected(sums, new Coded(x, repeated(p, m, rows)), right);
    }
    return pairs.multiply(
        call.values(a),
        call.values(b),
        (left, rows, right, columns, depth) -> {
          Integers x = new Integers(call.type(a), rows, depth, left);
          Integers y = new Integers(call.type(b), columns, depth, right);
          double[] sums = call.products().integers(call.node(), x, y);
          return corrected(sums, new Coded(x, p), new Coded(y, q));
        });
  }

  private static double[] zeros(Call call, int operand) {
    return call.has(operand) ? call.values(operand) : new double[1];
  }

  /** Zero points of the rows of one matrix, for those of several. */
  private static double[] repeated(double[] zeros, int m, int rows) {
    double[] all = new double[zeros.length == 1 ? 1 : rows];
    Arrays.setAll(all, i -> zeros[i % (zeros.length == 1 ? 1 : m)]);
    return all;
  }

  private static Integers integers(Call call, int operand, double[] x, int n, int k) {
    return new Integers(call.type(operand), n, k, Multiplying.turned(x, k, n));
  }

  private static double[] corrected(double[] sums, Coded a, Coded b) {
    int n = b.integers().rows();
    int k = a.integers().columns();
    double[] sumsOfB = new double[n];
    Arrays.setAll(sumsOfB, b::sum);
    for (int row = 0; row < a.integers().rows(); row++) {
      double p = a.zero(row);
      double sumOfA = a.sum(row);
      for (int j = 0; j < n; j++) {
        double q = b.zero(j);
        sums[row * n + j] += k * p * q - q * sumOfA - p * sumsOfB[j];
      }
    }
    return sums;
  }

  private static double[] wrapped(double[] sums) {
    return Unary.map(sums, ElementType.INT32::wrapped);
  }

  static List<Result> convolve(Call call) {
    Window w = Window.ofConvolution(call, call.shape(0), call.shape(1));
    int[] shape = w.shape(w.outputs(), call.shape(0).length);
    return Result.one(ElementType.INT32, shape, () -> wrapped(convolution(call, w, 0, 1, 2, 3)));
  }

  /** QLinearConv: the bias has 32 bits and the scale of the products. */
  static List<Result> quantizedConvolve(Call call) {
    Window w = Window.ofConvolution(call, call.shape(0), call.shape(3));
    int[] shape = w.shape(w.outputs(), call.shape(0).length);
    return Result.one(
        call.type(7),
        shape,
        () -> {
          double[] sums = convolution(call, w, 0, 3, 2, 5);
          if (call.has(8)) {
            Multiplying.addChannels(sums, call.values(8), w.positions());
          }
          return requantized(call, wrapped(sums), i -> i / w.positions() % w.outputs(), 1, 4, 6);
        });
  }

  private static double[] convolution(
      Call call, Window w, int x, int weight, int zeroX, int zeroW) {
    call.require(
        LinearNodes.isInteger(call.graph(), call.node()), "the weight must follow from constants");
    double padding = zeros(call, zeroX)[0];
    double[] zerosW = zeros(call, zeroW);
    double[] out = new double[w.batch() * w.outputs() * w.positions()];
    int n = w.outputs() / w.groups();
    for (int group = 0; group < w.groups(); group++) {
      double[] columns = Images.columns(call.values(x), w, group, padding);
      Integers rows = new Integers(call.type(x), w.batch() * w.positions(), w.taps(), columns);
      double[] sums = call.products().integers(call.node(), group, rows);
      Tensor codes = LinearNodes.weight(call.graph(), call.node(), group);
      Integers right = new Integers(codes.type(), n, w.taps(), codes.values());
      double[] q =
          zerosW.length == 1 ? zerosW : Arrays.copyOfRange(zerosW, group * n, (group + 1) * n);
      corrected(sums, new Coded(rows, new double[] {padding}), new Coded(right, q));
      Images.fromRows(sums, w, group, out);
    }
    return out;
  }

  private interface ChannelOf {
    int of(int element);
  }

  /** Sums times (scale of a * scale of b / scale of the result) in binary32, plus its zero point. */
  private static double[] requantized(
      Call call, double[] sums, ChannelOf channels, int scaleA, int scaleB, int scaleY) {
    ElementType type = call.type(scaleY + 1);
    double zero = call.values(scaleY + 1)[0];
    double[] scales = call.values(scaleB);
    float a = (float) call.values(scaleA)[0];
    float y = (float) call.values(scaleY)[0];
    double[] out = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      float b = (float) scales[scales.length == 1 ? 0 : channels.of(i)];
      float real = (float) sums[i] * (a * b / y);
      out[i] = Math.max(type.least(), Math.min(type.most(), Math.rint(real) + zero));
    }
    return out;
  }
}
