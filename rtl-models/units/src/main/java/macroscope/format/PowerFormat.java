package macroscope.format;

import java.math.BigInteger;
import java.util.stream.LongStream;

/**
 * Signed powers of evenly spaced numbers: {@code sign(q) * (|q| / M)^(denominator / numerator)} for
 * integers q of {@code bits} bits, {@code M = 2^(bits-1) - 1}. To encode x is to round {@code M *
 * sign(x) * |x|^(numerator / denominator)} to the nearest integer (Yvinec et al.: PowerQuant, 2022,
 * arXiv 2301.09858; NUPES, 2023, arXiv 2308.05600: q = round(sign(x) |x|^a M), a the exponent).
 *
 * <p>Codes are two's complement; the most negative one is not used. Values are the nearest doubles of
 * mostly irrational numbers. Rounding to nearest is exact all the same: x is compared with the root
 * of q + 1/2 by integer powers, and a tie goes to the even q or away from zero as the mode says.
 * Directed roundings compare with the doubles. See {@link CodebookFormat} for what is refused.
 */
public final class PowerFormat extends TableFormat {

  private static final int MOST_EXPONENT = 16;

  private final int numerator;
  private final int denominator;
  private final int most;

  /**
   * @param bits width of a code, 2..16
   * @param numerator of the exponent that numbers are raised to before rounding, 1..16
   * @param denominator of that exponent, 1..16
   */
  public PowerFormat(String name, int bits, int numerator, int denominator) {
    super(name, table(name, bits, numerator, denominator));
    this.numerator = numerator;
    this.denominator = denominator;
    most = most(bits);
  }

  /** Numerator of the exponent that numbers are raised to before rounding. */
  public int numerator() {
    return numerator;
  }

  /** Denominator of that exponent. */
  public int denominator() {
    return denominator;
  }

  /** The largest q. */
  public int most() {
    return most;
  }

  /** The q of a code. */
  public long integer(long code) {
    int unused = Long.SIZE - bits();
    return code << unused >> unused;
  }

  private static int most(int bits) {
    return (1 << (bits - 1)) - 1;
  }

  private static double[] table(String name, int bits, int numerator, int denominator) {
    if (bits < 2 || bits > 16) {
      throw new IllegalArgumentException(name + ": bits must be 2..16: " + bits);
    }
    if (Math.min(numerator, denominator) < 1 || Math.max(numerator, denominator) > MOST_EXPONENT) {
      throw new IllegalArgumentException(
          name + ": exponent must be a quotient of 1..16: " + numerator + "/" + denominator);
    }
    int most = most(bits);
    return LongStream.range(0, 1L << bits)
        .mapToDouble(
            code ->
                code == most + 1L
                    ? Double.NaN
                    : value(
                        code <= most ? code : code - 2L * most - 2, most, numerator, denominator))
        .toArray();
  }

  private static double value(long q, int most, int numerator, int denominator) {
    if (q == 0) {
      return 0;
    }
    double near = Math.pow((double) Math.abs(q) / most, (double) denominator / numerator);
    double root =
        Nearest.to(near, x -> comparePowers(x, numerator, most, Math.abs(q), denominator));
    return q < 0 ? -root : root;
  }

  /** Where positive x lies with respect to {@code (above / below)^(denominator / numerator)}. */
  private static int comparePowers(
      Value x, int numerator, long below, long above, int denominator) {
    BigInteger left = x.significand().pow(numerator);
    Value power = Value.finite(false, left, Math.multiplyExact(x.exponent(), numerator));
    BigInteger scaled = power.significand().multiply(BigInteger.valueOf(below).pow(denominator));
    return Value.finite(false, scaled, power.exponent())
        .compare(Value.finite(false, BigInteger.valueOf(above).pow(denominator), 0));
  }

  /** Twice the q of the dividing point above a rank. */
  private long twiceDivide(int rank) {
    return 2L * (rank - most) + 1;
  }

  @Override
  int compareToDivide(int rank, Value x) {
    long divide = twiceDivide(rank);
    boolean below = divide < 0;
    if (x.isZero() || x.negative() != below) {
      return below ? 1 : -1;
    }
    int magnitude = comparePowers(x, numerator, 2L * most, Math.abs(divide), denominator);
    return below ? -magnitude : magnitude;
  }

  @Override
  double nearDivide(int rank) {
    long divide = twiceDivide(rank);
    double root = Math.pow(Math.abs(divide) / (2.0 * most), (double) denominator / numerator);
    return divide < 0 ? -root : root;
  }

  @Override
  boolean tieGoesUp(int rank, RoundingMode mode) {
    long q = rank - most;
    return mode == RoundingMode.TIES_TO_EVEN ? (q & 1) != 0 : q >= 0;
  }
}
