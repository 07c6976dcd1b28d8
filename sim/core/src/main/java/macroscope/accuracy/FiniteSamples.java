package macroscope.accuracy;

import java.util.Arrays;

/**
 * Lets only finite samples reach a quantizer: a scale of NaN or infinity means nothing. The results of
 * the other samples are NaN and their neighbours' are untouched.
 *
 * @param product what multiplies the finite samples
 * @param n columns of the result
 * @param k length of the contraction
 */
record FiniteSamples(MatrixProduct product, int n, int k) implements MatrixProduct {

  @Override
  public double[] multiply(double[] x, int rows, int rowsPerSample) {
    if (isFinite(x, 0, x.length)) {
      return product.multiply(x, rows, rowsPerSample);
    }
    int size = rowsPerSample * k;
    double[] cleared = x.clone();
    for (int at = 0; at < x.length; at += size) {
      if (!isFinite(x, at, at + size)) {
        Arrays.fill(cleared, at, at + size, 0);
      }
    }
    double[] result = product.multiply(cleared, rows, rowsPerSample);
    for (int sample = 0; sample < rows / rowsPerSample; sample++) {
      if (!isFinite(x, sample * size, (sample + 1) * size)) {
        Arrays.fill(
            result, sample * rowsPerSample * n, (sample + 1) * rowsPerSample * n, Double.NaN);
      }
    }
    return result;
  }

  /** The m x n result of a product with an operand that is not finite. */
  static double[] nothing(int m, int n) {
    double[] result = new double[m * n];
    Arrays.fill(result, Double.NaN);
    return result;
  }

  static boolean isFinite(double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) {
        return false;
      }
    }
    return true;
  }
}
