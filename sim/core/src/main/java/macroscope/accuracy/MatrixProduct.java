package macroscope.accuracy;

/** Multiplies activations by one weight matrix N x K, which it holds as its arithmetic wants it. */
public interface MatrixProduct {

  /**
   * {@code X * W^T}.
   *
   * @param x rows x K activations, row-major; not modified
   * @param rows number of rows
   * @param rowsPerSample rows that belong to one sample (a token's window, an image's pixels), a
   *     divisor of {@code rows}: what a scale per tensor spans
   * @return rows x N, row-major
   */
  double[] multiply(double[] x, int rows, int rowsPerSample);
}
