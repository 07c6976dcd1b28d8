package macroscope.unit;

import java.math.BigInteger;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Widths;

/**
 * All integers that sums of products can be, in units of the least bit of a product: the range that an
 * exact accumulator must hold. Zero is always within, so that every partial sum, in whatever order
 * products are added, lies in the range of the whole.
 *
 * <p>Operands are the numbers that formats encode: of a symmetric integer not the most negative code,
 * of a float no NaN and no infinity.
 *
 * @param least at most 0
 * @param most at least 0
 */
public record SumRange(BigInteger least, BigInteger most) {

  /** The sum of no products. */
  public static final SumRange ZERO = new SumRange(BigInteger.ZERO, BigInteger.ZERO);

  public SumRange {
    if (least.signum() > 0 || most.signum() < 0) {
      throw new IllegalArgumentException("a range of sums holds 0: " + least + ".." + most);
    }
  }

  /**
   * The numbers of a format in units of its least bit.
   *
   * @throws IllegalArgumentException if it is neither integer nor float
   */
  static SumRange ofNumbers(NumberFormat format) {
    if (format instanceof IntegerFormat integers) {
      BigInteger least = BigInteger.valueOf(integers.least());
      return new SumRange(least, BigInteger.valueOf(integers.most()));
    }
    BigInteger most = integer(format, format.maxFinite());
    return new SumRange(((FloatFormat) format).signed() ? most.negate() : BigInteger.ZERO, most);
  }

  /**
   * The sums that any codes of two formats can make, as the data types alone bound them.
   *
   * @param terms most products of a sum
   * @throws IllegalArgumentException if a format is neither integer nor float
   */
  public static SumRange ofFormats(NumberFormat a, NumberFormat b, int terms) {
    SumRange x = ofNumbers(requireFixedPoint(a));
    SumRange y = ofNumbers(requireFixedPoint(b));
    BigInteger products = BigInteger.valueOf(Widths.positive("terms", terms));
    SumRange product = x.times(y.least).or(x.times(y.most));
    return product.times(products);
  }

  /** A finite number in units of the least bit of its format. */
  static BigInteger integer(NumberFormat format, Value value) {
    if (!value.isFinite()) {
      throw new IllegalArgumentException("a sum of " + format.name() + " must be finite");
    }
    if (value.isZero()) {
      return BigInteger.ZERO;
    }
    int up = value.exponent() - unit(format);
    BigInteger significand = value.significand();
    BigInteger magnitude = up >= 0 ? significand.shiftLeft(up) : significand.shiftRight(-up);
    return value.negative() ? magnitude.negate() : magnitude;
  }

  /** Exponent of the least bit of a format's numbers. */
  static int unit(NumberFormat format) {
    return format instanceof IntegerFormat integers
        ? -integers.fractionBits()
        : FixedPointRange.of((FloatFormat) format).unit();
  }

  static NumberFormat requireFixedPoint(NumberFormat format) {
    if (format instanceof IntegerFormat || format instanceof FloatFormat) {
      return format;
    }
    throw new IllegalArgumentException(
        "operands of an exact sum must be integers or floats: " + format.name());
  }

  /** This range times a number, of either sign. */
  SumRange times(BigInteger factor) {
    BigInteger x = least.multiply(factor);
    BigInteger y = most.multiply(factor);
    return new SumRange(x.min(y), x.max(y));
  }

  /** The sums of one number of each. */
  SumRange plus(SumRange other) {
    return new SumRange(least.add(other.least), most.add(other.most));
  }

  /** The least range that holds both. */
  public SumRange or(SumRange other) {
    return new SumRange(least.min(other.least), most.max(other.most));
  }

  /** Bits of the narrowest two's complement register that holds every number of the range. */
  public int bits() {
    return Math.max(least.bitLength(), most.bitLength()) + 1;
  }
}
