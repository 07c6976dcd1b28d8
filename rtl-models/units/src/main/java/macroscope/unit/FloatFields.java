package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Value.Kind;

/**
 * Splits codes of one float format into sign, significand and exponent as the input stage of a matrix
 * unit does: un-normalised, so that a subnormal keeps the least exponent. A finite value is {@code
 * significand * 2^(exponent - fractionBits)}.
 */
final class FloatFields {

  /**
   * Exponent of a zero, whatever its format. Measured on GPUs as MMA-Sim models it (microsoft/MMA-Sim
   * c785138): a zero times 2^127 is a term of exponent +1, which other terms are aligned to.
   */
  static final int ZERO_EXPONENT = -126;

  private final FloatFormat format;
  private final int fractionBits;
  private final int bias;
  private final boolean subnormals;
  private final boolean hasZero;
  private final long signBit;
  private final long maxFinite;

  FloatFields(FloatFormat format) {
    this.format = format;
    this.fractionBits = format.fractionBits();
    this.bias = format.bias();
    this.subnormals = format.subnormals();
    this.hasZero = format.hasZero();
    this.signBit = 1L << (format.exponentBits() + fractionBits);
    this.maxFinite = format.maxFiniteCode();
  }

  Kind kind(long code) {
    if (format.isNan(code)) {
      return Kind.NAN;
    }
    return magnitude(code) > maxFinite ? Kind.INFINITE : Kind.FINITE;
  }

  boolean negative(long code) {
    return format.signed() && (code & signBit) != 0;
  }

  boolean zero(long code) {
    return hasZero && magnitude(code) == 0;
  }

  /** Whether a code is a zero or has the least exponent and no hidden bit. */
  boolean subnormalOrZero(long code) {
    return subnormals && magnitude(code) >>> fractionBits == 0;
  }

  /** The code of the negative zero. */
  long negativeZero() {
    return signBit;
  }

  /** The significand of a finite code with its sign; the hidden bit is at {@code fractionBits}. */
  long significand(long code) {
    long magnitude = magnitude(code);
    long fraction = magnitude & ((1L << fractionBits) - 1);
    boolean hidden = magnitude >>> fractionBits != 0 || !(subnormals || zero(code));
    long significand = hidden ? fraction | 1L << fractionBits : fraction;
    return negative(code) ? -significand : significand;
  }

  /** The exponent of a finite code; {@link #ZERO_EXPONENT} for zero. */
  int exponent(long code) {
    if (zero(code)) {
      return ZERO_EXPONENT;
    }
    int field = (int) (magnitude(code) >>> fractionBits);
    return (subnormals ? Math.max(field, 1) : field) - bias;
  }

  private long magnitude(long code) {
    return code & (signBit - 1);
  }
}
