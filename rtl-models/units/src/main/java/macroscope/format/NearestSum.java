package macroscope.format;

import java.util.Optional;

/**
 * Ties to even into a signed float format, saturating, by one binary32 addition: to |x| 1.5 * 2^23 ulps
 * are added, where ulp is that of the result. The adder rounds there, and the sum's last bits have
 * moved by |x| in ulps, which added to the exponent field below gives the code. Every number takes the
 * same dozen operations, in plain Java ({@link #code}) as in vector lanes. The proof is {@link
 * NearestFloatEncoder}'s.
 *
 * @param format whose codes these are
 * @param leastNormal bits of the least normal value
 * @param tooLarge bits of a power of two that saturates whatever it is rounded with
 * @param toRounder from the bits of a power of two to those of 1.5 * 2^23 ulps
 * @param toCodeExponent shift from a binary32 exponent to that of a code
 * @param biases what is subtracted from an exponent shifted so
 * @param maxFinite largest magnitude of a code
 * @param signShift from a binary32 sign to that of a code
 * @param zeroSigns whether zero has two signs: all ones if so, else 0
 * @param nan code of a NaN, -1 if there is none
 */
public record NearestSum(
    FloatFormat format,
    int leastNormal,
    int tooLarge,
    int toRounder,
    int toCodeExponent,
    int biases,
    int maxFinite,
    int signShift,
    int zeroSigns,
    int nan) {

  private static final int FRACTION_BITS = 23;
  private static final int BIAS = 127;

  /** Bits of an infinity; those of NaN are greater. */
  public static final int INFINITY = 0x7F800000;

  /**
   * The constants of a format, if this serves: where the rounder and every value are normal binary32
   * numbers, a tie between codes is one between ulps, and all that is too large clamps.
   */
  public static Optional<NearestSum> of(NumberFormat format, Rounding rounding, Overflow overflow) {
    return rounding == RoundingMode.TIES_TO_EVEN
            && format instanceof FloatFormat f
            && f.bits() <= Short.SIZE
            && serves(f, overflow)
        ? Optional.of(of(f))
        : Optional.empty();
  }

  private static boolean serves(FloatFormat format, Overflow overflow) {
    boolean clamps =
        overflow == Overflow.SATURATE
            || overflow == Overflow.SATURATE_FINITE
                && !format.hasInfinity()
                && format.specials() != SpecialValues.MERGED;
    return clamps
        && format.signed()
        && format.subnormals()
        && format.maxFiniteCode() > 0
        && format.fractionBits() >= 1
        && format.minExponent() >= Float.MIN_EXPONENT
        && format.maxExponent() + 2 + FRACTION_BITS - format.fractionBits() <= Float.MAX_EXPONENT;
  }

  private static NearestSum of(FloatFormat format) {
    int fractionBits = format.fractionBits();
    return new NearestSum(
        format,
        (format.minExponent() + BIAS) << FRACTION_BITS,
        (format.maxExponent() + 2 + BIAS) << FRACTION_BITS,
        (FRACTION_BITS - fractionBits) << FRACTION_BITS | 1 << (FRACTION_BITS - 1),
        FRACTION_BITS - fractionBits,
        (BIAS + 1 - format.bias()) << fractionBits,
        (int) format.maxFiniteCode(),
        Integer.SIZE - format.bits(),
        format.hasNegativeZero() ? -1 : 0,
        format.hasNan()
            ? (int) format.encode(Value.NAN, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)
            : -1);
  }

  /** The code of a number by its binary32 bits; of a NaN one that means nothing. */
  public int code(int bits) {
    int clamped = Math.min(bits & Integer.MAX_VALUE, tooLarge);
    int exponent = Math.max(clamped & INFINITY, leastNormal);
    float sum = Float.intBitsToFloat(clamped) + Float.intBitsToFloat(exponent + toRounder);
    int ulps = Float.floatToRawIntBits(sum) - (exponent + toRounder);
    int code = Math.min((exponent >>> toCodeExponent) - biases + ulps, maxFinite);
    // All ones but for a zero of one sign.
    int signed = -code >> Integer.SIZE - 1 | zeroSigns;
    return code | (bits & Integer.MIN_VALUE & signed) >>> signShift;
  }

  /** The encoder that sums in plain Java. */
  public BulkEncoder plain() {
    return new NearestFloatBulkEncoder(this);
  }
}
