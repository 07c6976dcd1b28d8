package macroscope.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** What the columns of matrices hold. */
final class ChannelStatistics {

  private ChannelStatistics() {}

  /** The largest magnitude of each column. */
  static double[] absmax(List<double[]> matrices, int k) {
    return folded(matrices, k, 0, (most, x) -> Math.max(most, Math.abs(x)));
  }

  /** The largest number of each column. */
  static double[] max(List<double[]> matrices, int k) {
    return folded(matrices, k, Double.NEGATIVE_INFINITY, Math::max);
  }

  /** The least number of each column. */
  static double[] min(List<double[]> matrices, int k) {
    return folded(matrices, k, Double.POSITIVE_INFINITY, Math::min);
  }

  /** The mean magnitude of each column. */
  static double[] meanMagnitude(List<double[]> matrices, int k) {
    return divided(folded(matrices, k, 0, (sum, x) -> sum + Math.abs(x)), matrices, k);
  }

  /** The mean of each column. */
  static double[] mean(List<double[]> matrices, int k) {
    return divided(folded(matrices, k, 0, Double::sum), matrices, k);
  }

  private static double[] divided(double[] sums, List<double[]> matrices, int k) {
    double rows = matrices.stream().mapToInt(m -> m.length / k).sum();
    return Arrays.stream(sums).map(sum -> sum / rows).toArray();
  }

  private static double[] folded(
      List<double[]> matrices, int k, double first, DoubleBinaryOperator step) {
    double[] folded = new double[k];
    Arrays.fill(folded, first);
    for (double[] matrix : matrices) {
      for (int i = 0; i < matrix.length; i++) {
        folded[i % k] = step.applyAsDouble(folded[i % k], matrix[i]);
      }
    }
    return folded;
  }

  /** Each run of {@code width} columns given the fold of its own numbers: one number a channel. */
  static double[] shared(double[] columns, int width, DoubleBinaryOperator step) {
    double[] shared = new double[columns.length];
    for (int from = 0; from < columns.length; from += width) {
      double folded = Arrays.stream(columns, from, from + width).reduce(step).orElse(columns[from]);
      Arrays.fill(shared, from, from + width, folded);
    }
    return shared;
  }
}
