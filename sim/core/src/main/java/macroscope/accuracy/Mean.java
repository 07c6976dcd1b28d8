package macroscope.accuracy;

/**
 * A mean over samples and its standard error, {@code s / sqrt(n)} with {@code s^2} the sum of squared
 * deviations over n - 1.
 */
record Mean(double value, double standardError) {
  private static final double LN_2 = StrictMath.log(2);

  /** Of at least two samples, summed in order. */
  static Mean of(double[] samples) {
    int n = samples.length;
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    double mean = sum / n;
    double squares = 0;
    for (double sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    return new Mean(mean, Math.sqrt(squares / (n - 1) / n));
  }

  /** Of paired differences. */
  static Mean ofDifference(double[] samples, double[] references) {
    double[] differences = new double[samples.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = samples[i] - references[i];
    }
    return of(differences);
  }

  /** From nats to bits. */
  Mean bits() {
    return new Mean(value / LN_2, standardError / LN_2);
  }

  Metric metric(String name) {
    return new Metric(name, value, standardError);
  }
}
