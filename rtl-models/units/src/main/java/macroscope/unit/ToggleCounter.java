package macroscope.unit;

import java.math.BigInteger;

/** Counts bits that differ between successive words of one place. */
final class ToggleCounter {

  private final int bits;
  private BigInteger last = BigInteger.ZERO;
  private long narrow;
  private long toggles;

  /**
   * @param bits of the place; words are two's complement, so that those above are copies of the sign
   */
  ToggleCounter(int bits) {
    this.bits = bits;
  }

  /** The next word where it fits a long. */
  void next(long word) {
    long differing = word ^ narrow;
    toggles += Long.bitCount(bits < Long.SIZE ? differing & ((1L << bits) - 1) : differing);
    narrow = word;
  }

  /** The next word of any width; a counter takes either all words so or all as a long. */
  void next(BigInteger word) {
    BigInteger differing = word.xor(last);
    BigInteger seen = differing.signum() < 0 ? differing.not() : differing;
    toggles += differing.signum() < 0 ? bits - seen.bitCount() : seen.bitCount();
    last = word;
  }

  long toggles() {
    return toggles;
  }
}
