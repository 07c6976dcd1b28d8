package macroscope.unit;

/** Sums of what a plane of digits looks up, in the accumulator's format. */
interface PlaneSums {

  /** The row of digits that are all 1: what it looks up is the sum of the tabled operand. */
  int ONES = -1;

  /** Builds the tables of a row. */
  void load(int row);

  /**
   * The sum over the tables {@code from..to-1}, whole passes of one group of factors.
   *
   * @param planeRow row of digits: rows of weights, planes within them; or {@link #ONES}
   */
  float planeSum(int planeRow, int from, int to);
}
