package macroscope.format;

import java.util.function.DoubleUnaryOperator;

/** Points below which a given share of a distribution around zero lies. */
final class Quantile {

  private Quantile() {}

  /**
   * Of the normal distribution, to some ulps.
   *
   * @param share at least one half and below 1 - 1e-12
   */
  static double normal(double share) {
    return invert(Quantile::normalShare, share);
  }

  /**
   * Of Student's t distribution, to some ulps.
   *
   * @param freedom degrees of freedom, at least 1
   * @param share at least one half and below 1 - 1e-6
   */
  static double student(int freedom, double share) {
    return invert(t -> studentShare(freedom, t), share);
  }

  /** {@code 1/2 + density(x) (x + x^3/3 + x^5/(3 5) + ...)}, from x = 0 on. */
  private static double normalShare(double x) {
    double term = x;
    double sum = x;
    for (int i = 3; term > sum * 0x1p-60; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  /** Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4. */
  private static double studentShare(int freedom, double t) {
    double angle = StrictMath.atan(t / StrictMath.sqrt(freedom));
    double cosine = StrictMath.cos(angle);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int i = odd ? 3 : 2; i <= freedom; i += 2) {
      sum += term;
      term *= cosine * cosine * (i - 1) / i;
    }
    double within = StrictMath.sin(angle) * sum;
    return 0.5 + (odd ? (angle + within) / StrictMath.PI : within / 2);
  }

  /** By halving, to neighbouring doubles. */
  private static double invert(DoubleUnaryOperator ascending, double share) {
    double low = 0;
    double high = 1;
    while (ascending.applyAsDouble(high) < share) {
      high *= 2;
    }
    double middle = high / 2;
    while (middle > low && middle < high) {
      if (ascending.applyAsDouble(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
      middle = low + (high - low) / 2;
    }
    return high;
  }
}
