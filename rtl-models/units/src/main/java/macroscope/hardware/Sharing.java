package macroscope.hardware;

/**
 * Which units of an array work on the same data, so that one copy of a part can serve them: tables of
 * activations serve all units that multiply the same row of the left operand.
 *
 * <p>How many those are is the array's to say ({@link Inventory#inArray}); a unit that stands in no
 * array is charged as in one of {@link #USUAL}.
 *
 * @param operand whose data the part holds
 * @param most units that one copy can serve; 0 for as many as the array has
 */
public record Sharing(Operand operand, int most) {

  /**
   * Units that share a part where no array is given: N of the tile M2 N64 K4 that LUT Tensor Core found
   * densest (Mo et al., ISCA'25, arXiv 2408.06003).
   */
  public static final int USUAL = 64;

  /** Whose data a part holds. */
  public enum Operand {
    LEFT,
    RIGHT
  }

  public Sharing {
    Widths.inRange("units that share a part", most, 0, 1 << 14);
  }

  /** Units that share where {@code equal} units get the same data. */
  int units(int equal) {
    return most == 0 ? equal : Math.min(most, equal);
  }

  /** Units that share where no array is given. */
  int units() {
    return most == 0 ? USUAL : most;
  }
}
