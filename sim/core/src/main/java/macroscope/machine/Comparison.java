package macroscope.machine;

/** How many units a design gets when designs are compared. */
public enum Comparison {
  /** One unit each: a unit against a unit. */
  PER_UNIT,
  /** As many units as give the multiply-accumulates of the reference, each at its own clock. */
  EQUAL_THROUGHPUT,
  /** As many units as take the area of the reference. */
  EQUAL_AREA;

  /**
   * One unit of a design.
   *
   * @param macs what it does in some time when never idle, above 0
   * @param area in the unit of one technology, above 0
   */
  public record Unit(double macs, double area) {
    public Unit {
      positive("multiply-accumulates", macs);
      positive("area", area);
    }

    private static void positive(String name, double value) {
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
      }
    }
  }

  /** Units of a design that stand against one unit of the reference; a fraction where it is better. */
  public double units(Unit design, Unit reference) {
    return switch (this) {
      case PER_UNIT -> 1;
      case EQUAL_THROUGHPUT -> reference.macs() / design.macs();
      case EQUAL_AREA -> reference.area() / design.area();
    };
  }
}
