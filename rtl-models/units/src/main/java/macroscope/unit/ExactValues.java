package macroscope.unit;

import java.math.BigInteger;
import macroscope.format.Value;

/** Products and sums of values without rounding; NaN and infinities as in IEEE 754. */
final class ExactValues {

  private ExactValues() {}

  static Value product(Value x, Value y) {
    boolean negative = x.negative() != y.negative();
    if (x.isFinite() && y.isFinite()) {
      BigInteger significand = x.significand().multiply(y.significand());
      return Value.finite(negative, significand, x.exponent() + y.exponent());
    }
    if (x.isNan() || y.isNan() || x.isZero() || y.isZero()) {
      return Value.NAN;
    }
    return negative ? Value.NEGATIVE_INFINITY : Value.POSITIVE_INFINITY;
  }

  /** The sum; a sum of zero is +0. */
  static Value sum(Value x, Value y) {
    if (x.isFinite() && y.isFinite()) {
      int least = Math.min(x.exponent(), y.exponent());
      BigInteger total = units(x, least).add(units(y, least));
      return Value.finite(total.signum() < 0, total.abs(), least);
    }
    if (x.isNan() || y.isNan()) {
      return Value.NAN;
    }
    boolean opposite = x.isInfinite() && y.isInfinite() && x.negative() != y.negative();
    return opposite ? Value.NAN : x.isInfinite() ? x : y;
  }

  private static BigInteger units(Value x, int exponent) {
    BigInteger units = x.significand().shiftLeft(x.exponent() - exponent);
    return x.negative() ? units.negate() : units;
  }
}
