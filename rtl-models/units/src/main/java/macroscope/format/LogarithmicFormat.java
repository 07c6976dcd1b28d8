package macroscope.format;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * A logarithmic number: a sign bit and the two's complement fixed-point logarithm e, so that the
 * value is {@code (-1)^sign * 2^(e / 2^fractionBits)} (Swartzlander and Alexopoulos: The
 * sign/logarithm number system, 1975; layout of lns of the Stillwater Universal library). The least
 * e means zero under sign 0 and NaN under sign 1.
 *
 * <p>Values are the nearest doubles of irrational numbers. Encoding rounds the logarithm, not the
 * value: a tie would lie at a geometric mean, where no number with finitely many digits is, so that
 * ties need no rule; the logarithm is found to as many bits as that takes. Below half the least
 * magnitude lies zero, above it the least magnitude. Beyond the largest magnitude it stays the
 * largest; infinities do so under {@link Overflow#SATURATE} and are NaN otherwise.
 */
public final class LogarithmicFormat implements NumberFormat {

  private static final int ROUNDING_BITS = 60;

  private final int bits;
  private final int fractionBits;
  private final double[] powers;
  private final double[] divides;

  /**
   * @param bits width of a code, 3..24
   * @param fractionBits of the logarithm, 0..12; before the point it has 1..10 bits, so that values
   *     are normal doubles
   */
  public LogarithmicFormat(int bits, int fractionBits) {
    if (bits < 3 || bits > 24 || fractionBits < 0 || fractionBits > 12) {
      throw new IllegalArgumentException(
          "a logarithmic format must have 3..24 bits, 0..12 of them fraction: "
              + bits
              + ", "
              + fractionBits);
    }
    int integerBits = bits - 1 - fractionBits;
    if (integerBits < 1 || integerBits > 10) {
      throw new IllegalArgumentException(
          "a logarithm must have 1..10 bits before the point: " + integerBits);
    }
    this.bits = bits;
    this.fractionBits = fractionBits;
    powers =
        IntStream.range(0, 1 << fractionBits)
            .mapToDouble(j -> BinaryLogarithm.powerOfTwo(j, fractionBits))
            .toArray();
    divides =
        IntStream.range(0, 1 << fractionBits)
            .mapToDouble(j -> BinaryLogarithm.belowPowerOfTwo(2L * j + 1, fractionBits + 1))
            .toArray();
  }

  @Override
  public String name() {
    return "lns" + bits + "_" + fractionBits;
  }

  @Override
  public int bits() {
    return bits;
  }

  /** Bits of the logarithm behind the point. */
  public int fractionBits() {
    return fractionBits;
  }

  @Override
  public boolean signed() {
    return true;
  }

  /** The largest logarithm in units of 2^-fractionBits; the least is its negative. */
  public int mostLogarithm() {
    return most();
  }

  /** The logarithm of a number in units of 2^-fractionBits. */
  public long logarithm(long code) {
    int unused = Long.SIZE - (bits - 1);
    return code << unused >> unused;
  }

  /** Whether a code is that of a negative number. */
  public boolean isNegative(long code) {
    return code >>> (bits - 1) != 0;
  }

  public boolean isZero(long code) {
    return code == zero();
  }

  public boolean isNan(long code) {
    return code == notANumber();
  }

  /** The code of zero. */
  public long zeroCode() {
    return zero();
  }

  /** The only code of NaN. */
  public long nanCode() {
    return notANumber();
  }

  private int most() {
    return (1 << (bits - 2)) - 1;
  }

  private int least() {
    return -most();
  }

  private long notANumber() {
    return 3L << (bits - 2);
  }

  private long zero() {
    return 1L << (bits - 2);
  }

  /**
   * The code of a number.
   *
   * @param logarithm of its magnitude in units of 2^-fractionBits, at most {@link #mostLogarithm} in
   *     magnitude
   */
  public long code(boolean negative, long logarithm) {
    long magnitude = logarithm & ((1L << (bits - 1)) - 1);
    return negative ? magnitude | 1L << (bits - 1) : magnitude;
  }

  @Override
  public double decodeDouble(long code) {
    if (!isCode(code)) {
      throw new IllegalArgumentException(
          "a code of " + name() + " has " + bits + " bits: 0x" + Long.toHexString(code));
    }
    if (code == zero() || code == notANumber()) {
      return code == zero() ? 0 : Double.NaN;
    }
    int logarithm = (int) logarithm(code);
    double significand = powers[logarithm & (powers.length - 1)];
    double magnitude = Math.scalb(significand, logarithm >> fractionBits);
    return code >>> (bits - 1) == 0 ? magnitude : -magnitude;
  }

  @Override
  public Value decode(long code) {
    return Value.of(decodeDouble(code));
  }

  @Override
  public Value maxFinite() {
    return decode(most());
  }

  @Override
  public long encode(Value exact, Rounding rounding, Overflow overflow) {
    if (!exact.isFinite()) {
      boolean clamps = exact.isInfinite() && overflow == Overflow.SATURATE;
      return clamps ? code(exact.negative(), most()) : notANumber();
    }
    return exact.isZero() ? zero() : encodeNumber(exact, rounding);
  }

  private long encodeNumber(Value exact, Rounding rounding) {
    // decode gives nearest doubles: without this, directed roundings would not give their codes
    // back.
    long own = nearest(exact);
    if (own != zero() && decode(own).equals(exact)) {
      return own;
    }
    return rounding == RoundingMode.TIES_TO_EVEN || rounding == RoundingMode.TIES_TO_AWAY
        ? own
        : directed(exact, rounding);
  }

  private long nearest(Value exact) {
    BigInteger twice = scaledLogarithm(exact, 1);
    long logarithm = twice.add(BigInteger.ONE).shiftRight(1).longValueExact();
    long halfOfLeast = 2L * (least() - (1L << fractionBits));
    boolean vanishes =
        twice.longValueExact() < halfOfLeast
            || (twice.longValueExact() == halfOfLeast && isPower(exact));
    return vanishes
        ? zero()
        : code(exact.negative(), Math.max(least(), Math.min(most(), logarithm)));
  }

  private static boolean isPower(Value exact) {
    return exact.significand().equals(BigInteger.ONE);
  }

  private long directed(Value exact, Rounding rounding) {
    BigInteger fine = scaledLogarithm(exact, ROUNDING_BITS);
    long below = fine.shiftRight(ROUNDING_BITS).longValueExact();
    if (below < least()) {
      boolean away = rounding.roundsAway(exact.negative(), false, 1, ROUNDING_BITS);
      return away ? code(exact.negative(), least()) : zero();
    }
    BigInteger whole = BigInteger.valueOf(below).shiftLeft(ROUNDING_BITS);
    long cut = fine.subtract(whole).longValueExact();
    long remainder = cut << 1 | (isPower(exact) ? 0 : 1);
    boolean away =
        rounding.roundsAway(exact.negative(), (below & 1) != 0, remainder, ROUNDING_BITS + 1);
    return code(exact.negative(), Math.min(most(), away ? below + 1 : below));
  }

  /** {@code floor(log2|x| * 2^(fractionBits + more))}. */
  private BigInteger scaledLogarithm(Value x, int more) {
    int scale = fractionBits + more;
    BigInteger significand =
        isPower(x) ? BigInteger.ZERO : BinaryLogarithm.floorLog2(x.significand(), scale);
    return significand.add(BigInteger.valueOf(x.exponent()).shiftLeft(scale));
  }

  /** To nearest by search among the geometric means of neighbours; else as {@link #encode}. */
  @Override
  public long encodeDouble(double x, Rounding rounding, Overflow overflow) {
    int exponent = Math.getExponent(x);
    boolean nearest =
        rounding == RoundingMode.TIES_TO_EVEN || rounding == RoundingMode.TIES_TO_AWAY;
    if (!nearest || exponent > Double.MAX_EXPONENT || exponent < Double.MIN_EXPONENT) {
      return encode(Value.of(x), rounding, overflow);
    }
    long logarithm =
        ((long) exponent << fractionBits) + dividesBelow(Math.scalb(Math.abs(x), -exponent));
    if (logarithm < least()) {
      return encode(Value.of(x), rounding, overflow);
    }
    return code(x < 0, Math.min(most(), logarithm));
  }

  /** How many geometric means of neighbours from 1 to 2 lie below a number of that range. */
  private int dividesBelow(double significand) {
    int below = 0;
    for (int step = divides.length; step > 0; step >>= 1) {
      boolean passes = below + step <= divides.length && divides[below + step - 1] < significand;
      below = passes ? below + step : below;
    }
    return below;
  }

  /** Equal to a logarithmic format of the same widths. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LogarithmicFormat format
        && format.bits == bits
        && format.fractionBits == fractionBits;
  }

  @Override
  public int hashCode() {
    return 31 * bits + fractionBits;
  }

  @Override
  public String toString() {
    return name();
  }
}
