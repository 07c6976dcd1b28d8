package macroscope.search;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** Student's t distribution. */
final class StudentT {

  private StudentT() {}

  /**
   * The half width of a two-sided confidence interval in standard errors.
   *
   * @param confidence above 0, below 1
   * @param degrees of freedom, at least 1
   */
  static double halfWidth(double confidence, int degrees) {
    double low = 0;
    double high = 1;
    while (inside(high, degrees) < confidence) {
      high *= 2;
    }
    for (int step = 0; step < 200 && low < high; step++) {
      double middle = (low + high) / 2;
      if (inside(middle, degrees) < confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The chance of a value between -t and t. */
  private static double inside(double t, int degrees) {
    return 1 - RegularizedBeta.value(degrees / (degrees + t * t), degrees / 2.0, 0.5);
  }
}
