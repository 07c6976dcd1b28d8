package macroscope.rtl;

/** Bits of two's complement numbers. */
final class SignedWidth {

  private SignedWidth() {}

  /** The bits that hold every number of least..most. */
  static int of(int least, int most) {
    int magnitude = Math.max(most, -1 - Math.min(least, -1));
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(magnitude, 0))) + 1;
  }
}
