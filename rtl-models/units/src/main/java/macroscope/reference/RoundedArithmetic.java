package macroscope.reference;

import java.math.BigInteger;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * IEEE 754 operations on finite numbers: the exact result as a big integer, rounded once to nearest
 * even. Numbers are doubles that binary32 can hold.
 */
final class RoundedArithmetic {

  /** Exact results are integers times 2^-UNIT; a product of two least subnormals of binary32 is 2^-298. */
  private static final int UNIT = 400;

  private final FloatFormat format;

  RoundedArithmetic(FloatFormat format) {
    this.format = format;
  }

  double add(double a, double b) {
    return round(units(a).add(units(b)), negative(a) && negative(b));
  }

  double subtract(double a, double b) {
    return add(a, -b);
  }

  double multiply(double a, double b) {
    return round(product(a, b), negative(a) != negative(b));
  }

  /** a * b + c with one rounding. */
  double fma(double a, double b, double c) {
    boolean negativeProduct = negative(a) != negative(b);
    return round(product(a, b).add(units(c)), negativeProduct && negative(c));
  }

  /** a / b: the quotient cut far below any rounding, its last bit set if something was cut. */
  double divide(double a, double b) {
    BigInteger[] parts = units(a).abs().shiftLeft(UNIT).divideAndRemainder(units(b).abs());
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    boolean negative = negative(a) != negative(b);
    return round(negative ? quotient.negate() : quotient, negative);
  }

  /** A number rounded to the format. */
  double round(double x) {
    return format.decodeDouble(code(x));
  }

  /** The code of a number, rounded to the format. */
  long code(double x) {
    return format.encode(Value.of(x), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private double round(BigInteger units, boolean negativeIfZero) {
    boolean negative = units.signum() == 0 ? negativeIfZero : units.signum() < 0;
    Value exact = Value.finite(negative, units.abs(), -UNIT);
    return format.decodeDouble(format.encode(exact, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
  }

  private static BigInteger product(double a, double b) {
    return units(a).multiply(units(b)).shiftRight(UNIT);
  }

  private static BigInteger units(double x) {
    Value value = Value.of(x);
    if (!value.isFinite()) {
      throw new IllegalArgumentException("numbers must be finite: " + x);
    }
    BigInteger units = value.significand().shiftLeft(value.exponent() + UNIT);
    return value.negative() ? units.negate() : units;
  }

  private static boolean negative(double x) {
    return Double.doubleToRawLongBits(x) < 0;
  }
}
