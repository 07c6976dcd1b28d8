package macroscope.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, the same on every machine and with every JDK. */
final class Numbers {

  /** Digits that a table for programs carries: more than any standard error leaves meaning to. */
  private static final MathContext PRECISE = new MathContext(9, RoundingMode.HALF_EVEN);

  private static final MathContext READABLE = new MathContext(4, RoundingMode.HALF_EVEN);
  private static final MathContext ROUGH = new MathContext(2, RoundingMode.HALF_EVEN);
  private static final int MOST_ZEROS = 5;

  private Numbers() {}

  /** Nine significant digits, for programs. */
  static String precise(double value) {
    return text(value, PRECISE);
  }

  /** Four significant digits, for people. */
  static String readable(double value) {
    return text(value, READABLE);
  }

  /** Two significant digits, for standard errors. */
  static String error(double value) {
    return text(value, ROUGH);
  }

  private static String text(double value, MathContext digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("value must be finite: " + value);
    }
    BigDecimal rounded = new BigDecimal(value).round(digits);
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal stripped = rounded.stripTrailingZeros();
    return exponent < -MOST_ZEROS || exponent > PRECISE.getPrecision()
        ? scientific(stripped, exponent)
        : stripped.toPlainString();
  }

  private static String scientific(BigDecimal stripped, int exponent) {
    return stripped.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
