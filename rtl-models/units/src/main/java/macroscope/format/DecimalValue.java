package macroscope.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers as people write them, for one rounding into a format. */
public final class DecimalValue {

  private static final int MOST_DIGITS = 5000;

  /** Twice as many bits behind the point as the finest format has. */
  private static final int FRACTION_BITS = 2200;

  private DecimalValue() {}

  /**
   * The number that {@code text} writes: a decimal, a hexadecimal as Java writes it ({@code
   * 0x1.8p3}), {@code inf} or {@code nan}.
   *
   * <p>Exact, if the number is a multiple of 2^-2200. A decimal that is not comes with its bits cut
   * off there and the lowest one set, which rounds to every format of at most 1,100 bits behind the
   * point as the decimal itself would: 0.1 is not first rounded to a double.
   *
   * @throws IllegalArgumentException if {@code text} is no number, or has too large an exponent
   */
  public static Value parse(String text) {
    String lower = text.trim().toLowerCase(Locale.ROOT);
    boolean negative = lower.startsWith("-");
    String magnitude = lower.replaceFirst("^[+-]", "");
    return switch (magnitude) {
      case "inf", "infinity" -> negative ? Value.NEGATIVE_INFINITY : Value.POSITIVE_INFINITY;
      case "nan" -> Value.NAN;
      default ->
          magnitude.startsWith("0x")
              ? hexadecimal(text, lower)
              : decimal(text, magnitude, negative);
    };
  }

  private static Value hexadecimal(String text, String lower) {
    try {
      return Value.of(Double.parseDouble(lower.contains("p") ? lower : lower + "p0"));
    } catch (NumberFormatException e) {
      throw notANumber(text);
    }
  }

  private static Value decimal(String text, String magnitude, boolean negative) {
    if (!magnitude.matches("(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d{1,9})?")) {
      throw notANumber(text);
    }
    BigDecimal decimal = new BigDecimal(magnitude);
    if (Math.abs((long) decimal.scale()) > MOST_DIGITS || decimal.precision() > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "a value must have at most " + MOST_DIGITS + " digits and zeros: " + text);
    }
    BigInteger ten = BigInteger.TEN.pow(Math.abs(decimal.scale()));
    BigInteger scaled = decimal.unscaledValue().shiftLeft(FRACTION_BITS);
    BigInteger[] quotient =
        decimal.scale() > 0
            ? scaled.divideAndRemainder(ten)
            : new BigInteger[] {scaled.multiply(ten), BigInteger.ZERO};
    BigInteger cut = quotient[1].signum() == 0 ? quotient[0] : quotient[0].setBit(0);
    return Value.finite(negative, cut, -FRACTION_BITS);
  }

  private static IllegalArgumentException notANumber(String text) {
    return new IllegalArgumentException("a value must be a number, inf or nan: " + text);
  }
}
