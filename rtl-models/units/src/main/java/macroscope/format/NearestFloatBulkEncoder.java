package macroscope.format;

import java.util.Objects;

/**
 * Ties to even into a signed float format of 9 to 16 bits, saturating, in binary32 operations: {@link
 * NearestFloatEncoder} with 1.5 * 2^23 ulps. Every element takes the same dozen instructions.
 */
final class NearestFloatBulkEncoder implements BulkEncoder {

  private static final int FRACTION_BITS = 23;
  private static final int BIAS = 127;
  private static final int INFINITY = 0x7F800000;

  private final FloatFormat format;
  private final int leastNormal;
  private final int tooLarge;
  private final int toRounder;
  private final int toCodeExponent;
  private final int biases;
  private final int maxFinite;
  private final int signShift;
  private final int nan;

  NearestFloatBulkEncoder(FloatFormat format) {
    this.format = format;
    int fractionBits = format.fractionBits();
    leastNormal = (format.minExponent() + BIAS) << FRACTION_BITS;
    tooLarge = (format.maxExponent() + 2 + BIAS) << FRACTION_BITS;
    toRounder = (FRACTION_BITS - fractionBits) << FRACTION_BITS | 1 << (FRACTION_BITS - 1);
    toCodeExponent = FRACTION_BITS - fractionBits;
    biases = (BIAS + 1 - format.bias()) << fractionBits;
    maxFinite = (int) format.maxFiniteCode();
    signShift = Integer.SIZE - format.bits();
    nan =
        format.hasNan()
            ? (int) format.encode(Value.NAN, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)
            : -1;
  }

  /**
   * Whether this is an encoder for the format: where the rounder and every value are normal binary32
   * numbers, all that is too large clamps, and zero has two signs.
   */
  static boolean serves(FloatFormat format, Overflow overflow) {
    boolean clamps =
        overflow == Overflow.SATURATE
            || overflow == Overflow.SATURATE_FINITE
                && !format.hasInfinity()
                && format.specials() != SpecialValues.MERGED;
    return clamps
        && format.subnormals()
        && format.hasNegativeZero()
        && format.maxFiniteCode() > 0
        && format.fractionBits() >= 1
        && format.minExponent() >= Float.MIN_EXPONENT
        && format.maxExponent() + 2 + FRACTION_BITS - format.fractionBits() <= Float.MAX_EXPONENT;
  }

  /** The code of a number, sign included; of a NaN one that means nothing. */
  private int code(int bits) {
    int clamped = Math.min(bits & Integer.MAX_VALUE, tooLarge);
    int exponent = Math.max(clamped & INFINITY, leastNormal);
    float sum = Float.intBitsToFloat(clamped) + Float.intBitsToFloat(exponent + toRounder);
    int ulps = Float.floatToRawIntBits(sum) - (exponent + toRounder);
    int code = Math.min((exponent >>> toCodeExponent) - biases + ulps, maxFinite);
    return code | (bits & Integer.MIN_VALUE) >>> signShift;
  }

  @Override
  public void encodeProducts(float[] x, int from, int to, float factor, byte[] codes) {
    throw new IllegalArgumentException(
        format.name() + " needs more than a byte: " + format.bits() + " bits");
  }

  @Override
  public void encode(float[] x, int from, int to, short[] codes) {
    Objects.checkFromToIndex(from, to, Math.min(x.length, codes.length));
    int largest = 0;
    for (int i = from; i < to; i++) {
      int bits = Float.floatToRawIntBits(x[i]);
      codes[i] = (short) code(bits);
      largest = Math.max(largest, bits & Integer.MAX_VALUE);
    }
    if (largest > INFINITY) {
      for (int i = from; i < to; i++) {
        codes[i] = Float.isNaN(x[i]) ? (short) nan(x[i], i) : codes[i];
      }
    }
  }

  private int nan(float x, int place) {
    if (nan < 0) {
      throw new IllegalArgumentException(
          format.name() + " has no code for element " + place + ": " + x);
    }
    return nan;
  }
}
