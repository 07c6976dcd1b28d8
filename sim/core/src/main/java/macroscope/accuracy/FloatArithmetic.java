package macroscope.accuracy;

/** The arithmetic of the float run: operands as they are, sums in double precision. */
final class FloatArithmetic implements Arithmetic {

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    return (x, rows, rowsPerSample) -> DenseProduct.multiply(x, rows, weights, n, k);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return DenseProduct.multiply(a, m, b, n, k);
  }
}
