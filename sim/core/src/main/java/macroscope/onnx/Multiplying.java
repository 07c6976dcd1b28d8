package macroscope.onnx;

import java.util.Arrays;
import java.util.List;

/** Operators that multiply matrices of real numbers. */
final class Multiplying {
  private Multiplying() {}

  /** Gemm: {@code alpha A B + beta C}, either operand transposed if asked for. */
  static List<Result> gemm(Call call) {
    int[] a = call.shape(0);
    int[] b = call.shape(1);
    call.require(a.length == 2 && b.length == 2, "both operands must be matrices", a, b);
    boolean turnA = call.attributes().integer("transA", 0) != 0;
    boolean turnB = call.attributes().integer("transB", 0) != 0;
    int m = a[turnA ? 1 : 0];
    int k = a[turnA ? 0 : 1];
    int n = b[turnB ? 0 : 1];
    call.require(k == b[turnB ? 1 : 0], "inner lengths must agree", a, b);
    int[] shape = {m, n};
    boolean bias = call.has(2);
    if (bias) {
      int[] c = call.shape(2);
      call.require(Arrays.equals(Broadcast.shape(call, shape, c), shape), "the bias must fit", c);
    }
    return Result.one(
        call.type(0),
        shape,
        () -> {
          double[] x = turnA ? turned(call.values(0), a[0], a[1]) : call.values(0);
          double[] y =
              LinearNodes.isLinear(call.graph(), call.node())
                  ? call.products().linear(call.node(), 0, x, m)
                  : call.products()
                      .activations(
                          call.node(),
                          x,
                          m,
                          turnB ? call.values(1) : turned(call.values(1), k, n),
                          n,
                          k);
          double[] scaled = scaled(y, call.attributes().real("alpha", 1));
          if (!bias) {
            return scaled;
          }
          double[] c = scaled(call.values(2), call.attributes().real("beta", 1));
          return Broadcast.of(Broadcast.ADD, scaled, shape, c, call.shape(2), shape);
        });
  }

  private static double[] scaled(double[] x, double factor) {
    return factor == 1 ? x : Unary.map(x, v -> v * factor);
  }

  /** The transposed matrix. */
  static double[] turned(double[] x, int rows, int columns) {
    return Layout.transposed(x, new int[] {rows, columns}, new int[] {1, 0});
  }

  /** MatMul: matrices of the last two axes, the others broadcast. */
  static List<Result> matmul(Call call) {
    MatrixPairs pairs = MatrixPairs.of(call, call.shape(0), call.shape(1));
    boolean linear = LinearNodes.isLinear(call.graph(), call.node());
    boolean left = linear && LinearNodes.leftWeight(call.graph(), call.node());
    return Result.one(
        call.type(0),
        pairs.shape(),
        () -> {
          if (left) {
            return byLeftWeight(call, pairs);
          }
          return linear
              ? call.products().linear(call.node(), 0, call.values(0), pairs.rows())
              : pairs.multiply(
                  call.values(0),
                  call.values(1),
                  (a, m, b, n, k) -> call.products().activations(call.node(), a, m, b, n, k));
        });
  }

  /** {@code W X = (X^T W^T)^T}. */
  private static double[] byLeftWeight(Call call, MatrixPairs pairs) {
    int m = pairs.m();
    int n = pairs.n();
    int k = pairs.k();
    double[] x = call.values(1);
    double[] columns = new double[x.length];
    for (int at = 0; at < x.length; at += k * n) {
      double[] one = turned(Arrays.copyOfRange(x, at, at + k * n), k, n);
      System.arraycopy(one, 0, columns, at, one.length);
    }
    double[] y = call.products().linear(call.node(), 0, columns, x.length / k);
    double[] out = new double[y.length];
    for (int at = 0; at < y.length; at += m * n) {
      double[] one = turned(Arrays.copyOfRange(y, at, at + m * n), n, m);
      System.arraycopy(one, 0, out, at, one.length);
    }
    return out;
  }

  /** Conv of images or lines, in groups. */
  static List<Result> convolve(Call call) {
    call.require(
        LinearNodes.isLinear(call.graph(), call.node()),
        "the weight must follow from constants, and the images must not");
    Window w = Window.ofConvolution(call, call.shape(0), call.shape(1));
    int[] shape = w.shape(w.outputs(), call.shape(0).length);
    boolean bias = call.has(2);
    call.require(!bias || call.operand(2).size() == w.outputs(), "the bias must fit", shape);
    return Result.one(
        call.type(0),
        shape,
        () -> {
          double[] out = new double[Tensor.size(shape)];
          for (int group = 0; group < w.groups(); group++) {
            double[] rows = Images.columns(call.values(0), w, group, 0);
            double[] y =
                call.products().linear(call.node(), group, rows, w.batch() * w.positions());
            Images.fromRows(y, w, group, out);
          }
          if (bias) {
            addChannels(out, call.values(2), w.positions());
          }
          return out;
        });
  }

  /** Adds a number to all elements of each channel. */
  static void addChannels(double[] out, double[] bias, int positions) {
    for (int i = 0; i < out.length; i++) {
      out[i] += bias[i / positions % bias.length];
    }
  }

  /** FusedMatMul of com.microsoft: transposed operands and a factor. */
  static List<Result> fusedMatmul(Call call) {
    Operand a = turnedIf(call, 0, "transA");
    Operand b = turnedIf(call, 1, "transB");
    double alpha = call.attributes().real("alpha", 1);
    MatrixPairs pairs = MatrixPairs.of(call, a.shape(), b.shape());
    return Result.one(
        call.type(0),
        pairs.shape(),
        () ->
            scaled(
                pairs.multiply(
                    a.values().orElseThrow(),
                    b.values().orElseThrow(),
                    (x, m, y, n, k) -> call.products().activations(call.node(), x, m, y, n, k)),
                alpha));
  }

  private static Operand turnedIf(Call call, int operand, String attribute) {
    Operand x = call.operand(operand);
    if (call.attributes().integer(attribute, 0) == 0 || x.rank() < 2) {
      return x;
    }
    int[] order = new int[x.rank()];
    Arrays.setAll(order, i -> i);
    order[x.rank() - 2] = x.rank() - 1;
    order[x.rank() - 1] = x.rank() - 2;
    int[] shape = Arrays.stream(order).map(axis -> x.shape()[axis]).toArray();
    return new Operand(
        x.type(), shape, x.values().map(v -> Layout.transposed(v, x.shape(), order)));
  }
}
