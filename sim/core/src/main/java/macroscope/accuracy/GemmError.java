package macroscope.accuracy;

/**
 * How far a computed matrix product is from the exact one.
 *
 * @param relative root of the ratio of squared errors to squared results, over all results
 * @param standardError of {@code relative}, rows being independent; NaN for one row
 * @param bias mean error in the direction of the exact result over the mean magnitude of results:
 *     negative where results are too small in magnitude, as truncation makes them
 * @param largest the largest error over the root mean square of the results
 */
public record GemmError(double relative, double standardError, double bias, double largest) {

  /** The error of {@code found}; both matrices rows x columns, row-major. */
  static GemmError of(double[] exact, double[] found, int rows, int columns) {
    NoiseRatio noise = new NoiseRatio();
    for (int row = 0; row < rows; row++) {
      noise.add(exact, found, row * columns, (row + 1) * columns);
    }
    double outward = 0;
    double magnitude = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < exact.length; i++) {
      double error = found[i] - exact[i];
      outward += Math.signum(exact[i]) * error;
      magnitude += Math.abs(exact[i]);
      squares += exact[i] * exact[i];
      largest = Math.max(largest, Math.abs(error));
    }
    double relative = Math.sqrt(noise.ratio());
    return new GemmError(
        relative,
        relative == 0 ? 0 : noise.standardError() / (2 * relative),
        outward / magnitude,
        largest / Math.sqrt(squares / exact.length));
  }
}
