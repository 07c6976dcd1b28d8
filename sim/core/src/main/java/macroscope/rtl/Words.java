package macroscope.rtl;

import java.math.BigInteger;

/** Flat vectors as integers. */
final class Words {

  private Words() {}

  /** A code, whose 64 bits are unsigned. */
  static BigInteger of(long code) {
    BigInteger word = BigInteger.valueOf(code);
    return code < 0 ? word.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : word;
  }

  /** Codes from..to-1, the first in the lowest {@code bits}. */
  static BigInteger packed(long[] codes, int from, int to, int bits) {
    if ((to - from) * bits < Long.SIZE) {
      long word = 0;
      for (int k = to - 1; k >= from; k--) {
        word = word << bits | codes[k];
      }
      return BigInteger.valueOf(word);
    }
    BigInteger word = BigInteger.ZERO;
    for (int k = to - 1; k >= from; k--) {
      word = word.shiftLeft(bits).or(of(codes[k]));
    }
    return word;
  }
}
