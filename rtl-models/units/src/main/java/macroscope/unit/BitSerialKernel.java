package macroscope.unit;

/** Looks the sums of one row of the tabled operand up for rows of planes. */
interface BitSerialKernel {

  /** Builds the tables of a row. */
  void load(int row);

  /**
   * The accumulator after the tables {@code from..to-1} of a row of planes.
   *
   * @param code code of the accumulator before
   */
  long add(long code, int row, int from, int to);
}
