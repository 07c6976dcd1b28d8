package macroscope.format;

import java.math.BigInteger;
import java.util.Objects;

/**
 * A binary floating-point format of any field widths, bias, signedness and special values: data, not
 * a class. Decoding: exponent field 0 (where the format has subnormals) stands for {@code 0.f *
 * 2^(1-bias)}, any other for {@code 1.f * 2^(field-bias)}.
 *
 * <p>Encoding rounds the magnitude between the two neighbouring codes, as if exponents went on
 * without end, and then looks whether the result fits. Whether a code is odd is its lowest bit; in
 * formats without fraction bits that is a bit of the exponent (P3109, precision 1; E8M0). Beyond the
 * ends:
 *
 * <ul>
 *   <li>Zero, and a magnitude that rounds to zero, become the negative zero only where one exists.
 *   <li>In a format without zero (E8M0) everything below the least magnitude becomes the least.
 *   <li>A negative number in an unsigned format that does not round to zero becomes the least code
 *       under {@link Overflow#SATURATE} and {@link Overflow#SATURATE_FINITE}; under {@link
 *       Overflow#NATIVE} NaN.
 *   <li>An infinity that {@link Overflow#SATURATE_FINITE} finds no code for clamps.
 *   <li>NaN becomes the canonical NaN. What should be NaN or infinity in a format without either is
 *       refused.
 * </ul>
 *
 * @param name canonical name
 * @param signed whether a sign bit leads the code
 * @param exponentBits 0..11 (0: a code is a fixed-point fraction)
 * @param fractionBits stored significand bits, 0..52
 * @param bias exponent bias; every value must be one of binary64's
 * @param specials which codes stand for NaN, infinity, negative zero
 * @param zeroExponent what exponent field 0 means
 */
public record FloatFormat(
    String name,
    boolean signed,
    int exponentBits,
    int fractionBits,
    int bias,
    SpecialValues specials,
    ZeroExponent zeroExponent)
    implements NumberFormat {

  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final int DOUBLE_BIAS = 1023;
  private static final int LEAST_DOUBLE_EXPONENT = -1074;

  public FloatFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(specials, "specials");
    Objects.requireNonNull(zeroExponent, "zeroExponent");
    boolean subnormals = zeroExponent == ZeroExponent.SUBNORMAL;
    require(name, "exponent bits", exponentBits, 0, 11);
    require(name, "fraction bits", fractionBits, 0, DOUBLE_FRACTION_BITS);
    require(name, "exponent and fraction bits together", exponentBits + fractionBits, 1, 63);
    if (exponentBits == 0 && (specials == SpecialValues.IEEE || !subnormals)) {
      throw new IllegalArgumentException(
          name + ": a format of IEEE specials or without subnormals needs exponent bits: 0");
    }
    if (!signed && specials == SpecialValues.FNUZ) {
      throw new IllegalArgumentException(name + ": FNUZ specials need a sign bit: unsigned");
    }
    int top = (1 << exponentBits) - (specials == SpecialValues.IEEE ? 2 : 1);
    int lowestBit = (subnormals ? 1 : 0) - fractionBits;
    require(name, "bias", bias, Math.max(top, 1) - DOUBLE_BIAS, lowestBit - LEAST_DOUBLE_EXPONENT);
  }

  /**
   * As the canonical constructor, for the two usual meanings of exponent field 0.
   *
   * @param subnormals whether it is subnormal (false: E8M0-like, no zero)
   */
  public FloatFormat(
      String name,
      boolean signed,
      int exponentBits,
      int fractionBits,
      int bias,
      SpecialValues specials,
      boolean subnormals) {
    this(
        name,
        signed,
        exponentBits,
        fractionBits,
        bias,
        specials,
        subnormals ? ZeroExponent.SUBNORMAL : ZeroExponent.NORMAL);
  }

  /** Whether exponent field 0 is subnormal. */
  public boolean subnormals() {
    return zeroExponent == ZeroExponent.SUBNORMAL;
  }

  /** Whether a code stands for zero. */
  public boolean hasZero() {
    return zeroExponent != ZeroExponent.NORMAL;
  }

  private static void require(String name, String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + what + " must be " + least + ".." + most + ": " + value);
    }
  }

  @Override
  public int bits() {
    return (signed ? 1 : 0) + exponentBits + fractionBits;
  }

  /** Exponent of the least normal number, also that of every subnormal: 1 - bias; -bias if no subnormals. */
  public int minExponent() {
    return subnormals() ? 1 - bias : -bias;
  }

  /**
   * Exponent of the largest finite number: floor(log2(maxFinite)).
   *
   * @throws IllegalArgumentException if zero is the only finite number
   */
  public int maxExponent() {
    long magnitude = maxMagnitude();
    if (magnitude >>> fractionBits == 0 && subnormals()) {
      if (magnitude == 0) {
        throw new IllegalArgumentException(name + " has no finite number but zero");
      }
      return minExponent() - fractionBits + Long.SIZE - 1 - Long.numberOfLeadingZeros(magnitude);
    }
    return (int) (magnitude >>> fractionBits) - bias;
  }

  /** Whether a code stands for infinities. */
  public boolean hasInfinity() {
    return infinityMagnitude() != SpecialValues.NONE;
  }

  /** Whether a code stands for NaN. */
  public boolean hasNan() {
    return nanCode() != SpecialValues.NONE;
  }

  /** Whether the sign bit alone is a zero. */
  public boolean hasNegativeZero() {
    return signed && hasZero() && specials.hasNegativeZero();
  }

  /** The code of the largest finite number. */
  public long maxFiniteCode() {
    return maxMagnitude();
  }

  @Override
  public Value decode(long code) {
    requireCode(code);
    boolean negative = signed && (code & signBit()) != 0;
    long magnitude = code & (signBit() - 1);
    if (isNan(code)) {
      return specials == SpecialValues.IEEE || specials == SpecialValues.FN
          ? new Value(Value.Kind.NAN, negative, BigInteger.valueOf(fraction(magnitude)), 0)
          : Value.NAN;
    }
    if (magnitude == infinityMagnitude()) {
      return negative ? Value.NEGATIVE_INFINITY : Value.POSITIVE_INFINITY;
    }
    return Value.finite(
        negative, BigInteger.valueOf(significand(magnitude)), ulpExponent(magnitude));
  }

  @Override
  public double decodeDouble(long code) {
    requireCode(code);
    long magnitude = code & (signBit() - 1);
    double sign = magnitude == code ? 1 : -1;
    if (magnitude > maxMagnitude() || isNan(code)) {
      return magnitude == infinityMagnitude() ? sign / 0.0 : Double.NaN;
    }
    int field = (int) (magnitude >>> fractionBits);
    int exponent = field - bias;
    boolean small = field == 0 && hasZero();
    if (small || exponent <= -DOUBLE_BIAS) {
      return sign * Math.scalb((double) significand(magnitude), ulpExponent(magnitude));
    }
    long bits =
        (long) (exponent + DOUBLE_BIAS) << DOUBLE_FRACTION_BITS
            | fraction(magnitude) << (DOUBLE_FRACTION_BITS - fractionBits);
    return sign * Double.longBitsToDouble(bits);
  }

  @Override
  public Value maxFinite() {
    return decode(maxMagnitude());
  }

  /** Whether {@code code} is a NaN. */
  public boolean isNan(long code) {
    return specials.isNan(code, signed, exponentBits, fractionBits);
  }

  @Override
  public long encode(Value exact, Rounding rounding, Overflow overflow) {
    return switch (exact.kind()) {
      case NAN -> canonicalNan();
      case INFINITE -> encodeInfinity(exact.negative(), overflow);
      case FINITE -> encodeFinite(exact, rounding, overflow);
    };
  }

  private long encodeFinite(Value exact, Rounding rounding, Overflow overflow) {
    if (exact.isZero()) {
      return zero(exact.negative());
    }
    boolean negative = exact.negative();
    long exponent = (long) exact.exponent() + exact.significand().bitLength() - 1;
    if (exponent > Double.MAX_EXPONENT) {
      return overflowed(negative, rounding, overflow);
    }
    long ulp = Math.max(exponent, minExponent()) - fractionBits;
    long magnitude =
        RoundedShift.of(
            base(exponent), negative, exact.significand(), ulp - exact.exponent(), rounding);
    return fitted(negative, magnitude, rounding, overflow);
  }

  @Override
  public long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    long bits = Double.doubleToRawLongBits(x);
    boolean negative = bits < 0;
    int field = (int) (bits >>> DOUBLE_FRACTION_BITS) & 0x7FF;
    long fraction = bits & ((1L << DOUBLE_FRACTION_BITS) - 1);
    if (field == 0x7FF) {
      return fraction == 0 ? encodeInfinity(negative, overflow) : canonicalNan();
    }
    return field == 0
        ? encode(negative, fraction, LEAST_DOUBLE_EXPONENT, rounding, overflow)
        : encode(
            negative,
            fraction | 1L << DOUBLE_FRACTION_BITS,
            field - DOUBLE_BIAS - DOUBLE_FRACTION_BITS,
            rounding,
            overflow);
  }

  @Override
  public Encoder encoder(Rounding rounding, Overflow overflow) {
    return rounding == RoundingMode.TIES_TO_EVEN
        ? NearestFloatEncoder.of(this, overflow)
        : NumberFormat.super.encoder(rounding, overflow);
  }

  /**
   * The code of {@code (-1)^negative * significand * 2^exponent}, rounded once; no objects.
   *
   * @param significand {@code 0 <= significand < 2^63}; where a caller has already cut bits off, the lowest
   *     bit stands for them (sticky) and lies at least two bits below the last one that this format
   *     keeps (stochastic rounding: its random bits and two)
   */
  public long encode(
      boolean negative, long significand, int exponent, Rounding rounding, Overflow overflow) {
    if (significand == 0) {
      return zero(negative);
    }
    int leading = exponent + Long.SIZE - 1 - Long.numberOfLeadingZeros(significand);
    if (leading > Double.MAX_EXPONENT) {
      return overflowed(negative, rounding, overflow);
    }
    int ulp = Math.max(leading, minExponent()) - fractionBits;
    long magnitude =
        RoundedShift.of(base(leading), negative, significand, (long) ulp - exponent, rounding);
    return fitted(negative, magnitude, rounding, overflow);
  }

  /** What the quotient by the ulp has to be added to, so that the hidden bit counts as exponent. */
  private long base(long exponent) {
    return (Math.max(exponent, minExponent()) + bias - 1) << fractionBits;
  }

  private long fitted(boolean negative, long magnitude, Rounding rounding, Overflow overflow) {
    if (magnitude > maxMagnitude()) {
      return overflowed(negative, rounding, overflow);
    }
    if (magnitude <= 0 && (hasZero() || magnitude < 0)) {
      boolean leavesZero =
          zeroExponent == ZeroExponent.NORMAL_AND_ZERO
              && rounding.roundsAway(negative, false, 1, Long.SIZE - 2);
      return leavesZero ? withSign(negative, 1, overflow) : zero(negative);
    }
    return withSign(negative, magnitude, overflow);
  }

  private long overflowed(boolean negative, Rounding rounding, Overflow overflow) {
    if (overflow != Overflow.NATIVE || rounding.towardZero(negative)) {
      return withSign(negative, maxMagnitude(), overflow);
    }
    return nativeOverflow(negative, overflow);
  }

  private long encodeInfinity(boolean negative, Overflow overflow) {
    boolean keeps =
        overflow == Overflow.SATURATE_FINITE && (hasInfinity() || specials == SpecialValues.MERGED);
    return keeps || overflow == Overflow.NATIVE
        ? nativeOverflow(negative, overflow)
        : withSign(negative, maxMagnitude(), overflow);
  }

  private long nativeOverflow(boolean negative, Overflow overflow) {
    if (specials == SpecialValues.MERGED) {
      return withSign(negative, nanCode(), overflow);
    }
    return hasInfinity() ? withSign(negative, infinityMagnitude(), overflow) : canonicalNan();
  }

  private long withSign(boolean negative, long magnitude, Overflow overflow) {
    if (!negative) {
      return magnitude;
    }
    if (signed) {
      return signBit() | magnitude;
    }
    return overflow == Overflow.NATIVE ? canonicalNan() : 0;
  }

  private long zero(boolean negative) {
    return negative && hasNegativeZero() ? signBit() : 0;
  }

  private long canonicalNan() {
    long code = nanCode();
    if (code == SpecialValues.NONE) {
      throw new IllegalArgumentException(name + " has no code for NaN or overflow");
    }
    return code;
  }

  private void requireCode(long code) {
    if (bits() < Long.SIZE && code >>> bits() != 0) {
      throw new IllegalArgumentException(
          "a code of " + name + " has " + bits() + " bits: 0x" + Long.toHexString(code));
    }
  }

  private long signBit() {
    return 1L << (exponentBits + fractionBits);
  }

  private long fraction(long magnitude) {
    return magnitude & ((1L << fractionBits) - 1);
  }

  private long significand(long magnitude) {
    if (magnitude == 0 && hasZero()) {
      return 0;
    }
    boolean hidden = magnitude >>> fractionBits != 0 || !subnormals();
    return fraction(magnitude) | (hidden ? 1L << fractionBits : 0);
  }

  private int ulpExponent(long magnitude) {
    int field = (int) (magnitude >>> fractionBits);
    return (subnormals() ? Math.max(field, 1) : field) - bias - fractionBits;
  }

  private long maxMagnitude() {
    return specials.maxFinite(signed, exponentBits, fractionBits);
  }

  private long infinityMagnitude() {
    return specials.infinity(signed, exponentBits, fractionBits);
  }

  private long nanCode() {
    return specials.nan(signed, exponentBits, fractionBits);
  }
}
