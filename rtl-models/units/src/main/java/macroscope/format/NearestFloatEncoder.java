package macroscope.format;

/**
 * Ties to even into a float format, without a branch that depends on the data: to |x| it adds 1.5 *
 * 2^52 ulps, where ulp is that of the result. The floating-point adder then rounds at the ulp, and
 * the sum's last bits have moved by |x| in ulps: 0..2^fractionBits for a subnormal, up to
 * 2^(fractionBits+1) for a normal result, which added to the exponent field below gives the code.
 *
 * <p>Whatever saturation does not settle, NaN included, goes to the format itself.
 */
final class NearestFloatEncoder implements Encoder {

  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final int DOUBLE_BIAS = 1023;
  private static final long INFINITY = 0x7FFL << DOUBLE_FRACTION_BITS;

  private final FloatFormat format;
  private final Overflow overflow;
  private final long leastNormal;
  private final long tooLarge;
  private final long settledBelow;
  private final long toRounder;
  private final int toCodeExponent;
  private final long biases;
  private final long maxFinite;
  private final int signPosition;
  private final boolean negativeZero;

  private NearestFloatEncoder(FloatFormat format, Overflow overflow) {
    this.format = format;
    this.overflow = overflow;
    int fractionBits = format.fractionBits();
    int unitsExponent = DOUBLE_FRACTION_BITS - fractionBits;
    leastNormal = powerOfTwo(format.minExponent());
    tooLarge = powerOfTwo(format.maxExponent() + 2);
    settledBelow =
        overflow == Overflow.NATIVE
            ? Double.doubleToRawLongBits(format.decodeDouble(format.maxFiniteCode())) + 1
            : INFINITY;
    toRounder = (long) unitsExponent << DOUBLE_FRACTION_BITS | 1L << (DOUBLE_FRACTION_BITS - 1);
    toCodeExponent = unitsExponent;
    biases = (long) (DOUBLE_BIAS + 1 - format.bias()) << fractionBits;
    maxFinite = format.maxFiniteCode();
    signPosition = format.bits() - 1;
    negativeZero = format.hasNegativeZero();
  }

  private static long powerOfTwo(int exponent) {
    return Double.doubleToRawLongBits(Math.scalb(1.0, exponent));
  }

  /**
   * An encoder for the format.
   *
   * <p>Not every format has a fast one: without fraction bits a tie goes to the even exponent field,
   * not to an even number of ulps; the widest ranges leave no room for 2^52 ulps.
   */
  static Encoder of(FloatFormat format, Overflow overflow) {
    boolean fits =
        format.signed()
            && format.subnormals()
            && format.maxFiniteCode() > 0
            && format.fractionBits() >= 1
            && format.minExponent() >= Double.MIN_EXPONENT
            && format.maxExponent() + 2 + DOUBLE_FRACTION_BITS - format.fractionBits()
                <= Double.MAX_EXPONENT;
    return fits
        ? new NearestFloatEncoder(format, overflow)
        : x -> format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, overflow);
  }

  @Override
  public long encode(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long magnitude = bits & Long.MAX_VALUE;
    if (magnitude >= settledBelow) {
      return format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, overflow);
    }
    long clamped = Math.min(magnitude, tooLarge);
    long exponent = Math.max(clamped & INFINITY, leastNormal);
    double rounder = Double.longBitsToDouble(exponent + toRounder);
    double sum = Double.longBitsToDouble(clamped) + rounder;
    long ulps = Double.doubleToRawLongBits(sum) - (exponent + toRounder);
    long code = Math.min((exponent >>> toCodeExponent) - biases + ulps, maxFinite);
    long sign = (bits >>> Long.SIZE - 1) << signPosition;
    return code != 0 || negativeZero ? code | sign : 0;
  }

  @Override
  public void encodeQuotients(double[] x, int start, int end, double divisor, long[] codes) {
    for (int i = start; i < end; i++) {
      codes[i] = encode(x[i] / divisor);
    }
  }
}
