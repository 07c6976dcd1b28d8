package macroscope.unit;

import macroscope.format.Value;

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

  /**
   * What a table of the loaded row holds: a sum of the operand's numbers, as far as it was rounded or
   * cut.
   *
   * @param index of the entry, a digit for each number, the first lowest
   */
  Value entry(int table, int index);

  /** The sum of all numbers of a table, of which the offset of signed digits is a half. */
  default Value all(int table, int inputs) {
    return entry(table, (1 << inputs) - 1);
  }
}
