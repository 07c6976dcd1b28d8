package macroscope.format;

import java.math.BigInteger;

/**
 * A format whose exponent takes more bits the further it is from zero, so that numbers near one have
 * the longest fractions: posits and takums.
 *
 * <p>A positive code is a sign bit 0 and the first bits of an endless string: the lead, which states
 * the exponent, then the fraction. Bits that do not fit are cut off, so bits that are missing are
 * zeros. A negative number has the two's complement of its magnitude's code. Code 0 is zero, the
 * sign bit alone is NaR (not a real).
 *
 * <p>Encoding rounds that string, as a number of {@code bits() - 1} binary places, not the value: a
 * tie is a string that goes on with one 1 and zeros. Where a code has cut into its lead, that is not
 * the midpoint of two values. A number that is not zero never becomes zero or NaR; beyond the ends it
 * becomes the least or the largest magnitude under every rounding and overflow policy. NaN becomes
 * NaR; an infinity becomes NaR too, or the largest magnitude under {@link Overflow#SATURATE}.
 */
sealed interface TaperedFormat extends NumberFormat permits PositFormat, TakumFormat {

  /** The bits that state an exponent, as an integer of {@link #leadBits} bits. */
  long lead(int exponent);

  /** How many bits state an exponent, 2..36. */
  int leadBits(int exponent);

  /** The exponent that a positive code states. */
  int exponent(long magnitude);

  /** The largest exponent that has a lead. */
  int mostExponent();

  /** The least exponent that has a lead. */
  int leastExponent();

  @Override
  default boolean signed() {
    return true;
  }

  @Override
  default Value maxFinite() {
    return decode(largestCode());
  }

  private long largestCode() {
    return (1L << (bits() - 1)) - 1;
  }

  private long notReal() {
    return 1L << (bits() - 1);
  }

  @Override
  default Value decode(long code) {
    if (!isCode(code)) {
      throw new IllegalArgumentException(
          "a code of " + name() + " has " + bits() + " bits: 0x" + Long.toHexString(code));
    }
    if (code == 0) {
      return Value.ZERO;
    }
    return code == notReal() ? Value.NAN : decodeNumber(code);
  }

  private Value decodeNumber(long code) {
    boolean negative = code > largestCode();
    long magnitude = negative ? 2 * notReal() - code : code;
    int exponent = exponent(magnitude);
    int fractionBits = Math.max(0, bits() - 1 - leadBits(exponent));
    long fraction = magnitude & ((1L << fractionBits) - 1);
    long significand = 1L << fractionBits | fraction;
    return Value.finite(negative, BigInteger.valueOf(significand), exponent - fractionBits);
  }

  @Override
  default double decodeDouble(long code) {
    Value value = decode(code);
    if (value.isNan()) {
      return Double.NaN;
    }
    double magnitude = Math.scalb((double) value.significand().longValueExact(), value.exponent());
    return value.negative() ? -magnitude : magnitude;
  }

  @Override
  default long encode(Value exact, Rounding rounding, Overflow overflow) {
    if (!exact.isFinite()) {
      boolean clamps = exact.isInfinite() && overflow == Overflow.SATURATE;
      return clamps ? code(exact.negative(), largestCode()) : notReal();
    }
    if (exact.isZero()) {
      return 0;
    }
    int fractionBits = exact.significand().bitLength() - 1;
    long exponent = (long) exact.exponent() + fractionBits;
    if (exponent > mostExponent() || exponent < leastExponent()) {
      return code(exact.negative(), exponent > 0 ? largestCode() : 1);
    }
    BigInteger string =
        exact
            .significand()
            .clearBit(fractionBits)
            .or(BigInteger.valueOf(lead((int) exponent)).shiftLeft(fractionBits));
    long shift = leadBits((int) exponent) + fractionBits - (bits() - 1);
    long magnitude = RoundedShift.of(0, exact.negative(), string, shift, rounding);
    return code(exact.negative(), magnitude);
  }

  /** Up to 16 bits in integers; wider as {@link #encode}. */
  @Override
  default long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    int exponent = Math.getExponent(x);
    boolean inRange = exponent >= leastExponent() && exponent <= mostExponent();
    if (bits() > 16 || !inRange) {
      return encode(Value.of(x), rounding, overflow);
    }
    // A lead of up to 20 bits and 42 of the fraction; the last of these stands for the 10 below it.
    int leadBits = leadBits(exponent);
    long binary = Double.doubleToRawLongBits(x);
    long fraction = binary & ((1L << 52) - 1);
    long folded = fraction >>> 10 | ((fraction & 0x3FF) == 0 ? 0 : 1);
    long string = lead(exponent) << 42 | folded;
    boolean negative = binary < 0;
    long magnitude = RoundedShift.of(0, negative, string, leadBits + 42L - (bits() - 1), rounding);
    return code(negative, magnitude);
  }

  private long code(boolean negative, long rounded) {
    long magnitude = Math.max(1, Math.min(largestCode(), rounded));
    return negative ? 2 * notReal() - magnitude : magnitude;
  }
}
