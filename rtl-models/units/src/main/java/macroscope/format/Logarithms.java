package macroscope.format;

import java.math.BigInteger;
import java.util.Arrays;

/** Tables of logarithmic arithmetic, each entry the nearest integer, by integer arithmetic alone. */
public final class Logarithms {

  /** Bits that are carried beyond the last of an entry. */
  private static final int GUARD_BITS = 40;

  private Logarithms() {}

  /**
   * {@code round(2^(i / 2^fractionBits) * 2^tableBits)} for i = 0..2^fractionBits - 1. No entry lies
   * halfway: all but the first are irrational.
   */
  public static long[] powersOfTwo(int fractionBits, int tableBits) {
    long[] powers = new long[1 << fractionBits];
    powers[0] = 1L << tableBits;
    for (int i = 1; i < powers.length; i++) {
      BigInteger twice = BinaryLogarithm.floorPower(i, fractionBits, tableBits + 1);
      powers[i] = twice.add(BigInteger.ONE).shiftRight(1).longValueExact();
    }
    return powers;
  }

  /**
   * Gaussian logarithms {@code round(log2(1 + sign 2^-d) * 2^fractionBits)} where the difference d of
   * two logarithms is in the middle of intervals of {@code 2^cutBits} units of 2^-fractionBits; d = 0
   * of a difference of equal numbers has no logarithm, and its entry is the least long.
   *
   * @param negative whether it is 1 - 2^-d
   * @param fractionBits of logarithms, 0..16
   * @param cutBits low bits of d that are not looked at
   * @return entries by d >> cutBits, up to where all further ones are 0
   */
  public static long[] gaussian(boolean negative, int fractionBits, int cutBits) {
    int intervals = (fractionBits + 2 << fractionBits >> cutBits) + 1;
    long[] entries = new long[intervals];
    for (int i = 0; i < intervals; i++) {
      long twice = ((long) i << (cutBits + 1)) + (1L << cutBits) - 1;
      entries[i] = gaussian(negative, fractionBits, twice);
    }
    int used = intervals;
    while (used > 1 && entries[used - 1] == 0) {
      used--;
    }
    return Arrays.copyOf(entries, used);
  }

  /**
   * @param twice d in units of 2^-(fractionBits+1)
   */
  private static long gaussian(boolean negative, int fractionBits, long twice) {
    if (twice == 0) {
      return negative ? Long.MIN_VALUE : 1L << fractionBits;
    }
    int bits = fractionBits + 1;
    int precision = 2 * bits + GUARD_BITS + 20;
    long whole = twice >> bits;
    long fraction = twice & ((1L << bits) - 1);
    // 2^-d = 2^(1 - fraction) / 2^(whole + 1), and 2^0 for whole d.
    BigInteger power =
        fraction == 0
            ? BigInteger.ONE.shiftLeft(precision).shiftRight((int) whole)
            : BinaryLogarithm.floorPower((1L << bits) - fraction, bits, precision)
                .shiftRight((int) whole + 1);
    BigInteger one = BigInteger.ONE.shiftLeft(precision);
    BigInteger sum = negative ? one.subtract(power) : one.add(power);
    if (sum.bitCount() == 1) {
      return (long) (sum.bitLength() - 1 - precision) << fractionBits;
    }
    BigInteger logarithm = BinaryLogarithm.floorLog2(sum, fractionBits + GUARD_BITS);
    BigInteger relative =
        logarithm.subtract(BigInteger.valueOf(precision).shiftLeft(fractionBits + GUARD_BITS));
    return relative
        .add(BigInteger.ONE.shiftLeft(GUARD_BITS - 1))
        .shiftRight(GUARD_BITS)
        .longValueExact();
  }
}
