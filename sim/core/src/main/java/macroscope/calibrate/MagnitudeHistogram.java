package macroscope.calibrate;

import java.util.HashMap;
import java.util.Map;
import macroscope.calibrate.RangeRule.Rounder;

/**
 * Magnitudes and how often each occurs: as they are if there are few, else the centres of bins.
 *
 * @param values magnitudes
 * @param counts how many numbers have each
 * @param most the largest magnitude
 */
@SuppressWarnings("ArrayRecordComponent")
record MagnitudeHistogram(double[] values, double[] counts, double most) {
  static final int BINS = 2048;

  /** What stands for no probability. */
  private static final double NEVER = 1e-9;

  static MagnitudeHistogram of(double[] numbers, double most) {
    if (numbers.length > 2 * BINS) {
      return binned(numbers, most);
    }
    double[] values = new double[numbers.length];
    double[] counts = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = Math.abs(numbers[i]);
      counts[i] = 1;
    }
    return new MagnitudeHistogram(values, counts, most);
  }

  static MagnitudeHistogram binned(double[] numbers, double most) {
    double[] values = new double[BINS];
    double[] counts = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      values[bin] = (bin + 0.5) * most / BINS;
    }
    for (double number : numbers) {
      counts[Math.min(BINS - 1, (int) (Math.abs(number) / most * BINS))]++;
    }
    return new MagnitudeHistogram(values, counts, most);
  }

  double squaredError(Rounder rounder) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (counts[i] > 0) {
        double error = rounder.round(values[i]) - values[i];
        sum += counts[i] * error * error;
      }
    }
    return sum;
  }

  /**
   * The divergence of the first bins, what lies beyond counted in the last of them, from what is left
   * of them when all bins that round to one number share their counts evenly.
   */
  double divergence(int bins, Rounder rounder) {
    Map<Double, double[]> groups = new HashMap<>();
    double[] rounded = new double[bins];
    double inside = 0;
    for (int i = 0; i < bins; i++) {
      rounded[i] = rounder.round(values[i]);
      if (counts[i] > 0) {
        double[] group = groups.computeIfAbsent(rounded[i], any -> new double[2]);
        group[0] += counts[i];
        group[1]++;
        inside += counts[i];
      }
    }
    double all = 0;
    for (double count : counts) {
      all += count;
    }
    double sum = 0;
    for (int i = 0; i < bins; i++) {
      double p = (counts[i] + (i == bins - 1 ? all - inside : 0)) / all;
      if (p > 0) {
        double[] group = groups.getOrDefault(rounded[i], new double[] {0, 1});
        double q = counts[i] > 0 ? group[0] / group[1] / inside : NEVER;
        sum += p * StrictMath.log(p / q);
      }
    }
    return sum;
  }
}
