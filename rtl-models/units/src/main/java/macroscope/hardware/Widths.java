package macroscope.hardware;

/** Width arithmetic that parts and units share. */
public final class Widths {

  private Widths() {}

  /** ceil(log2(n)) for n >= 1: the bits that number n things. */
  public static int ceilLog2(int n) {
    positive("n", n);
    return Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
  }

  /** {@code value}, if it is at least 1. */
  public static int positive(String name, int value) {
    return inRange(name, value, 1, Integer.MAX_VALUE);
  }

  /**
   * {@code value}, if it lies in {@code least..most}.
   *
   * @throws IllegalArgumentException naming the quantity and the rule
   */
  public static int inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      String rule = most == Integer.MAX_VALUE ? "at least " + least : least + ".." + most;
      throw new IllegalArgumentException(name + " must be " + rule + ": " + value);
    }
    return value;
  }
}
