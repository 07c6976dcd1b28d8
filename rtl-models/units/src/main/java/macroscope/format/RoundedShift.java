package macroscope.format;

import java.math.BigInteger;

/**
 * {@code significand / 2^shift} brought to an integer: the one place where formats round.
 *
 * <p>A discarded part of more than 62 bits is folded: its upper 61 bits stay, the rest becomes one
 * sticky bit below them. No {@link Rounding} can tell: each asks only whether the discarded part is
 * below, at or above multiples of 2^-31 of an ulp (the finest: a tie of 30-bit stochastic
 * rounding), and folding keeps the order with respect to every multiple of 2^-61.
 */
final class RoundedShift {

  private static final int MOST_DISCARDED = 62;

  private RoundedShift() {}

  /**
   * {@code base + round(significand / 2^shift)}.
   *
   * @param base where counting starts; decides with the quotient which codes are odd
   * @param significand 0 <= significand < 2^63
   * @param shift discarded bits; negative if the significand is to be shifted up, which must fit
   */
  static long of(long base, boolean negative, long significand, long shift, Rounding rounding) {
    if (shift <= 0) {
      return base + (significand << -shift);
    }
    long below = base + (shift < 64 ? significand >>> shift : 0);
    int discarded = (int) Math.min(shift, MOST_DISCARDED);
    long remainder =
        shift <= MOST_DISCARDED ? significand & ((1L << shift) - 1) : fold(significand, shift);
    return rounding.roundsAway(negative, (below & 1) != 0, remainder, discarded)
        ? below + 1
        : below;
  }

  private static long fold(long significand, long shift) {
    long upper = shift - MOST_DISCARDED + 1;
    long fraction = shift >= 64 ? significand : significand & ((1L << shift) - 1);
    long kept = upper < 64 ? fraction >>> upper : 0;
    long lost = upper < 64 ? fraction & ((1L << upper) - 1) : fraction;
    return kept << 1 | (lost == 0 ? 0 : 1);
  }

  /** As {@link #of(long, boolean, long, long, Rounding)} for significands of any width. */
  static long of(
      long base, boolean negative, BigInteger significand, long shift, Rounding rounding) {
    if (significand.bitLength() < Long.SIZE) {
      return of(base, negative, significand.longValueExact(), shift, rounding);
    }
    if (shift <= 0) {
      return base + significand.shiftLeft((int) -shift).longValueExact();
    }
    // The retained part and 62 bits below it decide; the lowest of these is the sticky bit.
    int drop = (int) Math.min(Math.max(0, shift - MOST_DISCARDED + 1), significand.bitLength());
    BigInteger upper = significand.shiftRight(drop);
    BigInteger sticky = significand.getLowestSetBit() < drop ? BigInteger.ONE : BigInteger.ZERO;
    BigInteger folded = drop == 0 ? upper : upper.shiftLeft(1).or(sticky);
    long foldedShift = drop == 0 ? shift : shift - drop + 1;
    BigInteger quotient = folded.shiftRight((int) Math.min(foldedShift, folded.bitLength()));
    long below = base + quotient.longValueExact();
    int discarded = (int) Math.min(foldedShift, MOST_DISCARDED);
    long remainder = folded.subtract(quotient.shiftLeft(discarded)).longValueExact();
    return rounding.roundsAway(negative, (below & 1) != 0, remainder, discarded)
        ? below + 1
        : below;
  }
}
