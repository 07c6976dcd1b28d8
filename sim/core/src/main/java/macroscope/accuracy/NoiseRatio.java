package macroscope.accuracy;

import java.util.Arrays;

/**
 * The ratio of noise to signal, {@code sum (y - x)^2 / sum x^2}, over independent units (rows, samples)
 * that are added one by one. Its standard error is that of a ratio of sums, by the delta method.
 */
final class NoiseRatio {
  private static final double DECIBELS = 10 / StrictMath.log(10);

  private double[] signals = new double[64];
  private double[] noises = new double[64];
  private int units;

  /** Adds elements {@code from..to-1} as one unit. */
  void add(double[] exact, double[] found, int from, int to) {
    double signal = 0;
    double noise = 0;
    for (int i = from; i < to; i++) {
      double error = found[i] - exact[i];
      signal += exact[i] * exact[i];
      noise += error * error;
    }
    add(signal, noise);
  }

  /** Adds a unit by its sums of squares. */
  void add(double signal, double noise) {
    if (units == signals.length) {
      signals = Arrays.copyOf(signals, 2 * units);
      noises = Arrays.copyOf(noises, 2 * units);
    }
    signals[units] = signal;
    noises[units++] = noise;
  }

  /** The ratio; NaN if there is no signal. */
  double ratio() {
    return sum(noises) / sum(signals);
  }

  /** Standard error of the ratio; NaN for fewer than two units. */
  double standardError() {
    double ratio = ratio();
    double signal = sum(signals);
    double squares = 0;
    for (int i = 0; i < units; i++) {
      double residual = noises[i] - ratio * signals[i];
      squares += residual * residual;
    }
    return Math.sqrt(squares * units / (units - 1.0) / (signal * signal));
  }

  /**
   * {@code -10 log10(ratio)} as {@code qsnr_db}: infinite if there is no noise, NaN if there is no
   * signal. The standard error is NaN for fewer than two units or an infinite ratio.
   */
  Metric decibels() {
    double ratio = ratio();
    return new Metric("qsnr_db", -10 * StrictMath.log10(ratio), DECIBELS * standardError() / ratio);
  }

  private double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < units; i++) {
      sum += values[i];
    }
    return sum;
  }
}
