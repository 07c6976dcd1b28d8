package macroscope.onnx;

import java.util.Arrays;

/**
 * The matrix products of a MatMul: the last two axes are matrices, the others broadcast; a vector is a
 * matrix of one row or column that the result does not keep.
 *
 * @param m rows of a product
 * @param n columns of a product
 * @param k inner length
 * @param leadA other axes of the left operand
 * @param leadB other axes of the right operand
 * @param lead other axes of the result
 * @param shape of the result
 */
@SuppressWarnings("ArrayRecordComponent")
record MatrixPairs(int m, int n, int k, int[] leadA, int[] leadB, int[] lead, int[] shape) {

  /** Multiplies a pair of matrices, the right one transposed. */
  @FunctionalInterface
  interface Product {
    double[] of(double[] a, int m, double[] b, int n, int k);
  }

  static MatrixPairs of(Call call, int[] a, int[] b) {
    call.require(a.length >= 1 && b.length >= 1, "operands must be matrices or vectors", a, b);
    int[] left = a.length == 1 ? new int[] {1, a[0]} : a;
    int[] right = b.length == 1 ? new int[] {b[0], 1} : b;
    int k = left[left.length - 1];
    call.require(k == right[right.length - 2], "inner lengths must agree", a, b);
    int m = left[left.length - 2];
    int n = right[right.length - 1];
    int[] leadA = Arrays.copyOf(left, left.length - 2);
    int[] leadB = Arrays.copyOf(right, right.length - 2);
    int[] lead = Broadcast.shape(call, leadA, leadB);
    int rank = lead.length;
    int[] shape = Arrays.copyOf(lead, rank + (a.length == 1 ? 0 : 1) + (b.length == 1 ? 0 : 1));
    if (a.length > 1) {
      shape[rank++] = m;
    }
    if (b.length > 1) {
      shape[rank] = n;
    }
    return new MatrixPairs(m, n, k, leadA, leadB, lead, shape);
  }

  /** Rows of the left operand, all matrices together. */
  int rows() {
    return Tensor.size(leadA) * m;
  }

  /** Number of products. */
  int count() {
    return Tensor.size(lead);
  }

  /** All products, one after the other. */
  double[] multiply(double[] a, double[] b, Product product) {
    double[] out = new double[count() * m * n];
    double[] matricesOfA = places(leadA);
    double[] matricesOfB = places(leadB);
    for (int pair = 0; pair < count(); pair++) {
      int atA = (int) matricesOfA[pair] * m * k;
      int atB = (int) matricesOfB[pair] * k * n;
      double[] left = Arrays.copyOfRange(a, atA, atA + m * k);
      double[] right = Multiplying.turned(Arrays.copyOfRange(b, atB, atB + k * n), k, n);
      System.arraycopy(product.of(left, m, right, n, k), 0, out, pair * m * n, m * n);
    }
    return out;
  }

  /** Which matrix of an operand each product takes. */
  private double[] places(int[] of) {
    double[] counted = new double[Tensor.size(of)];
    Arrays.setAll(counted, i -> i);
    return Broadcast.expanded(counted, of, lead);
  }
}
