package macroscope.sweep;

/**
 * A number and how well it is known.
 *
 * @param value the estimate, finite
 * @param standardError standard error of the estimate over the test items; 0 for a number that is
 *     computed, not sampled
 */
public record Measure(double value, double standardError) {

  public Measure {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite: " + value);
    }
    if (!(standardError >= 0) || Double.isInfinite(standardError)) {
      throw new IllegalArgumentException(
          "standard error must be finite and at least 0: " + standardError);
    }
  }

  /** A number without sampling error. */
  public static Measure exact(double value) {
    return new Measure(value, 0);
  }
}
