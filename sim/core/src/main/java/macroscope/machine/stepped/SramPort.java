package macroscope.machine.stepped;

import macroscope.hardware.Widths;

/**
 * How an array reads an SRAM: banks that are interleaved word by word.
 *
 * @param banks banks
 * @param ports words that a bank reads a cycle
 * @param wordBits bits of a word
 */
public record SramPort(int banks, int ports, int wordBits) {

  public SramPort {
    Widths.inRange("banks", banks, 1, 1 << 14);
    Widths.inRange("ports of a bank", ports, 1, 16);
    Widths.inRange("bits of a word", wordBits, 1, 1 << 16);
  }

  /**
   * Words that hold the operand of a pass of one unit. Whole bits count: what is beyond them is an
   * element's share of scales, which are read once for many passes.
   */
  public int words(int elements, double bitsPerElement) {
    return (int) Math.ceil(elements * Math.max(1, Math.floor(bitsPerElement)) / wordBits);
  }

  /** Cycles in which the operands of so many units are read, at least 1. */
  public int cycles(int units, int wordsEach) {
    int fullest = ceilDivide(units * wordsEach, banks);
    return Math.max(1, ceilDivide(fullest, ports));
  }

  private static int ceilDivide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
