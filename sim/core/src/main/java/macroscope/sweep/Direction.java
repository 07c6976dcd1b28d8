package macroscope.sweep;

/** Whether less or more of a quantity is better. */
public enum Direction {
  MINIMISE(1),
  MAXIMISE(-1);

  private final int sign;

  Direction(int sign) {
    this.sign = sign;
  }

  /** {@code value}, turned so that less is better. */
  public double canonical(double value) {
    return sign * value;
  }
}
