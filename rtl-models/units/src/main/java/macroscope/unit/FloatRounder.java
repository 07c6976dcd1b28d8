package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.format.Value.Kind;

/**
 * Output stage of a unit: rounds a fixed-point sum once to a float format and holds accumulators as
 * significand and exponent, un-normalised as {@link FloatFields} reads them back.
 *
 * <p>An overflow becomes infinity whatever the rounding (NaN in a format without infinities, the
 * largest finite number in one without both); an infinite accumulator has the exponent {@link
 * #INFINITE}, so large that alignment to it drops every other term and the sum overflows again. A sum
 * of zero, and one that rounds to zero, is +0.
 */
public final class FloatRounder {

  /** Exponent that stands for an infinity (or an overflow without one) while it is accumulated. */
  static final int INFINITE = 1 << 20;

  private final FloatFormat format;
  private final FloatFields fields;
  private final int fractionBits;
  private final int outputFractionBits;
  private final boolean nearest;
  private final int minExponent;
  private final int maxExponent;
  private final long maxSignificand;

  /**
   * @param outputFractionBits fraction bits that are computed; those below are zero
   * @param rounding TOWARD_ZERO or TIES_TO_EVEN
   * @throws IllegalArgumentException if the format cannot be accumulated in
   */
  FloatRounder(FloatFormat format, int outputFractionBits, RoundingMode rounding) {
    if (!format.signed() || !format.subnormals() || format.exponentBits() == 0) {
      throw new IllegalArgumentException(
          "accumulator format must have sign, exponent and subnormals: " + format.name());
    }
    this.format = format;
    this.fields = new FloatFields(format);
    this.fractionBits = format.fractionBits();
    this.outputFractionBits = outputFractionBits;
    this.nearest = rounding == RoundingMode.TIES_TO_EVEN;
    this.minExponent = format.minExponent();
    this.maxExponent = fields.exponent(format.maxFiniteCode());
    this.maxSignificand = fields.significand(format.maxFiniteCode()) >> lowBits() << lowBits();
  }

  private int lowBits() {
    return fractionBits - outputFractionBits;
  }

  /** Fraction bits of the significands that are held. */
  public int fractionBits() {
    return fractionBits;
  }

  /**
   * Rounds {@code sum * 2^unit} into element {@code at} of the planes.
   *
   * @param sum |sum| < 2^62
   */
  public void round(long sum, int unit, long[] significands, int[] exponents, int at) {
    if (sum == 0) {
      significands[at] = 0;
      exponents[at] = FloatFields.ZERO_EXPONENT;
      return;
    }
    long magnitude = Math.abs(sum);
    int exponent =
        Math.max(Long.SIZE - 1 - Long.numberOfLeadingZeros(magnitude) + unit, minExponent);
    long kept = shifted(magnitude, exponent - outputFractionBits - unit);
    if (kept >>> (outputFractionBits + 1) != 0) {
      kept >>>= 1;
      exponent++;
    }
    kept <<= lowBits();
    if (exponent > maxExponent || (exponent == maxExponent && kept > maxSignificand)) {
      kept = maxSignificand;
      exponent = format.hasInfinity() || format.hasNan() ? INFINITE : maxExponent;
    }
    significands[at] = sum < 0 ? -kept : kept;
    exponents[at] = kept == 0 ? FloatFields.ZERO_EXPONENT : exponent;
  }

  /** {@code magnitude * 2^-drop}, rounded as this rounder does. */
  private long shifted(long magnitude, int drop) {
    if (drop <= 0) {
      return magnitude << -drop;
    }
    int bits = Math.min(drop, Long.SIZE - 1);
    long kept = magnitude >>> bits;
    long half = 1L << (bits - 1);
    long remainder = magnitude & ((1L << bits) - 1);
    boolean up = nearest && (remainder > half || (remainder == half && (kept & 1) != 0));
    return up ? kept + 1 : kept;
  }

  /** Reads an accumulator into element {@code at} of the planes; a NaN reads as zero. */
  void read(long code, long[] significands, int[] exponents, int at) {
    if (code == 0) {
      significands[at] = 0;
      exponents[at] = FloatFields.ZERO_EXPONENT;
      return;
    }
    Kind kind = fields.kind(code);
    significands[at] = kind == Kind.NAN ? 0 : fields.significand(code);
    exponents[at] =
        switch (kind) {
          case FINITE -> fields.exponent(code);
          case INFINITE -> INFINITE;
          case NAN -> FloatFields.ZERO_EXPONENT;
        };
    if (kind == Kind.INFINITE) {
      significands[at] = fields.negative(code) ? -maxSignificand : maxSignificand;
    }
  }

  /** The code of an accumulator that {@link #read} or {@link #round} made. */
  long code(long significand, int exponent) {
    if (exponent == INFINITE) {
      return code(Extreme.infinity(significand < 0));
    }
    long magnitude = Math.abs(significand);
    boolean subnormal = magnitude >>> fractionBits == 0;
    int field = subnormal ? 0 : exponent + format.bias();
    long fraction = subnormal ? magnitude : magnitude - (1L << fractionBits);
    return (significand < 0 ? signBit() : 0) | (long) field << fractionBits | fraction;
  }

  /**
   * The code of an infinite or NaN sum. A NaN of an IEEE format is positive with all bits set, as
   * tensor cores give it (0x7FFF, 0x7FFFFFFF).
   */
  long code(Extreme extreme) {
    if (extreme != Extreme.NAN && format.hasInfinity()) {
      return signBitOf(extreme) | (format.maxFiniteCode() + 1);
    }
    return switch (format.specials()) {
      case IEEE -> signBit() - 1;
      case FN, MERGED, FNUZ, P3109_FINITE, P3109_EXTENDED ->
          format.encode(Value.NAN, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
      case FINITE ->
          throw new IllegalArgumentException(
              format.name() + " has no code for a sum that is " + extreme);
    };
  }

  private long signBitOf(Extreme extreme) {
    return extreme == Extreme.NEGATIVE_INFINITY ? signBit() : 0;
  }

  private long signBit() {
    return 1L << (format.exponentBits() + fractionBits);
  }

  Extreme extreme(long code) {
    return switch (fields.kind(code)) {
      case FINITE -> Extreme.NONE;
      case INFINITE -> Extreme.infinity(fields.negative(code));
      case NAN -> Extreme.NAN;
    };
  }

  /**
   * @throws IllegalArgumentException if an operand can be NaN or infinite but the accumulator cannot
   */
  void requireRoomForSpecials(FloatFormat operand) {
    boolean special = operand.hasNan() || operand.hasInfinity();
    if (special && !format.hasNan()) {
      throw new IllegalArgumentException(
          "accumulator format must have NaN, as operand format "
              + operand.name()
              + " has: "
              + format.name());
    }
  }
}
