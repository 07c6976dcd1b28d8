package macroscope.format;

import java.util.Objects;

/**
 * Integers and fixed-point numbers: {@code code * 2^-fractionBits}, two's complement when signed.
 *
 * <p>Encoding rounds once and clamps. There is no code for NaN or infinity: what {@link
 * Overflow#NATIVE} would make one is refused, and so is NaN. A symmetric format never produces the
 * most negative code; decoded, it has the value that the bits have.
 *
 * @param name canonical name
 * @param bits width of a code, 1..63, unsigned 1..62 (above 32: accumulators; above 53 a double
 *     cannot hold every value, and {@link #decodeDouble} rounds to nearest)
 * @param signed whether codes are two's complement
 * @param symmetric whether the most negative code is not used: range -(2^(bits-1)-1)..2^(bits-1)-1
 * @param fractionBits position of the binary point, 0 for integers; -32..64
 */
public record IntegerFormat(
    String name, int bits, boolean signed, boolean symmetric, int fractionBits)
    implements NumberFormat {

  private static final int DOUBLE_FRACTION_BITS = 52;

  public IntegerFormat {
    Objects.requireNonNull(name, "name");
    int widest = signed ? 63 : 62;
    if (bits < 1 || bits > widest) {
      throw new IllegalArgumentException(name + ": bits must be 1.." + widest + ": " + bits);
    }
    if (fractionBits < -32 || fractionBits > 64) {
      throw new IllegalArgumentException(name + ": fraction bits must be -32..64: " + fractionBits);
    }
    if (symmetric && (!signed || bits == 1)) {
      throw new IllegalArgumentException(
          name + ": a symmetric range needs a sign and two bits: " + (signed ? bits : "unsigned"));
    }
  }

  /** The least integer that is encoded: the least value is this times 2^-fractionBits. */
  public long least() {
    if (!signed) {
      return 0;
    }
    return symmetric ? -most() : -most() - 1;
  }

  /** The largest integer: the largest value is this times 2^-fractionBits. */
  public long most() {
    return (1L << (signed ? bits - 1 : bits)) - 1;
  }

  /** The integer that a code stands for, before the binary point is set. */
  public long integer(long code) {
    if (code >>> bits != 0) {
      throw new IllegalArgumentException(
          "a code of " + name + " has " + bits + " bits: 0x" + Long.toHexString(code));
    }
    int unused = Long.SIZE - bits;
    return signed ? code << unused >> unused : code;
  }

  @Override
  public Value decode(long code) {
    return Value.of(integer(code), -fractionBits);
  }

  @Override
  public double decodeDouble(long code) {
    return Math.scalb((double) integer(code), -fractionBits);
  }

  @Override
  public Value maxFinite() {
    return Value.of(most(), -fractionBits);
  }

  @Override
  public long encode(Value exact, Rounding rounding, Overflow overflow) {
    return switch (exact.kind()) {
      case NAN -> throw noCode("NaN");
      case INFINITE -> encodeInfinity(exact.negative(), overflow);
      case FINITE -> encodeFinite(exact, rounding, overflow);
    };
  }

  private long encodeFinite(Value exact, Rounding rounding, Overflow overflow) {
    long leading = (long) exact.exponent() + exact.significand().bitLength() - 1;
    if (exact.isZero()) {
      return 0;
    }
    if (leading + fractionBits >= Long.SIZE - 1) {
      return fitted(exact.negative(), Long.MAX_VALUE, rounding, overflow);
    }
    long shift = -(long) fractionBits - exact.exponent();
    long magnitude = RoundedShift.of(0, exact.negative(), exact.significand(), shift, rounding);
    return fitted(exact.negative(), magnitude, rounding, overflow);
  }

  @Override
  public long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    long binary = Double.doubleToRawLongBits(x);
    boolean negative = binary < 0;
    int field = (int) (binary >>> DOUBLE_FRACTION_BITS) & 0x7FF;
    long fraction = binary & ((1L << DOUBLE_FRACTION_BITS) - 1);
    if (field == 0x7FF) {
      return encode(Value.of(x), rounding, overflow);
    }
    long significand = field == 0 ? fraction : fraction | 1L << DOUBLE_FRACTION_BITS;
    return encode(negative, significand, Math.max(field, 1) - 1075, rounding, overflow);
  }

  @Override
  public Encoder encoder(Rounding rounding, Overflow overflow) {
    return rounding == RoundingMode.TIES_TO_EVEN && bits <= 53
        ? new NearestIntegerEncoder(this, overflow)
        : NumberFormat.super.encoder(rounding, overflow);
  }

  /**
   * The code of {@code (-1)^negative * significand * 2^exponent}, rounded once; no objects.
   *
   * @param significand {@code 0 <= significand < 2^63}
   */
  public long encode(
      boolean negative, long significand, int exponent, Rounding rounding, Overflow overflow) {
    int shift = -fractionBits - exponent;
    boolean huge = shift <= 0 && Long.numberOfLeadingZeros(significand) <= -shift;
    if (huge && significand != 0) {
      return fitted(negative, Long.MAX_VALUE, rounding, overflow);
    }
    long magnitude =
        significand == 0 ? 0 : RoundedShift.of(0, negative, significand, shift, rounding);
    return fitted(negative, magnitude, rounding, overflow);
  }

  private long encodeInfinity(boolean negative, Overflow overflow) {
    if (overflow == Overflow.NATIVE) {
      throw noCode("infinity");
    }
    return code(negative ? least() : most());
  }

  private long fitted(boolean negative, long magnitude, Rounding rounding, Overflow overflow) {
    long integer = negative ? -magnitude : magnitude;
    long clamped = Math.max(least(), Math.min(most(), integer));
    boolean clamps = overflow != Overflow.NATIVE || (clamped != 0 && rounding.towardZero(negative));
    if (clamped != integer && !clamps) {
      throw noCode("a number beyond " + least() + ".." + most() + " units");
    }
    return code(clamped);
  }

  private long code(long integer) {
    return integer & ((1L << bits) - 1);
  }

  private IllegalArgumentException noCode(String what) {
    return new IllegalArgumentException(name + " has no code for " + what);
  }
}
