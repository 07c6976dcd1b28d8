package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.S2I;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.FusedDotKernel;

/**
 * The largest and the lowest exponents of the products of a pass, in 16-bit lanes, one column a lane.
 * See {@link IntFusedDotKernel} for the size of methods.
 */
final class RunExponents {

  private static final int COLUMNS = FusedDotKernel.COLUMNS;
  private static final VectorSpecies<Short> SHORTS = Lanes.SHORTS;
  private static final VectorSpecies<Short> HALF_SHORTS = Lanes.HALF_SHORTS;
  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final int LANES = SHORTS.length();

  /** Columns of a step. */
  static final int STEP = 2 * LANES;

  /** What there is without products: below all exponents; negated, above all. */
  private static final short NONE = -(1 << 13);

  private RunExponents() {}

  /**
   * Largest and lowest exponents of two rows.
   *
   * @param atA first run of one row
   * @param secondA first run of the other
   * @param count runs
   * @param largest {@link FusedDotKernel#COLUMNS} for each row, from {@code to} on
   */
  static void ofTwoRows(
      short[] exponentsA,
      short[] lowestA,
      int atA,
      int secondA,
      short[] exponentsB,
      short[] lowestB,
      int atB,
      int count,
      short[] largest,
      short[] lowest,
      int to) {
    ShortVector most = ShortVector.broadcast(SHORTS, NONE);
    ShortVector mostNext = most;
    ShortVector second = most;
    ShortVector secondNext = most;
    ShortVector least = most.neg();
    ShortVector leastNext = least;
    ShortVector other = least;
    ShortVector otherNext = least;
    for (int k = 0, at = atB; k < count; k++, at += COLUMNS) {
      short x = exponentsA[atA + k];
      short y = exponentsA[secondA + k];
      ShortVector b = ShortVector.fromArray(SHORTS, exponentsB, at);
      ShortVector next = ShortVector.fromArray(SHORTS, exponentsB, at + LANES);
      most = most.max(b.add(x));
      mostNext = mostNext.max(next.add(x));
      second = second.max(b.add(y));
      secondNext = secondNext.max(next.add(y));
      x = lowestA[atA + k];
      y = lowestA[secondA + k];
      b = ShortVector.fromArray(SHORTS, lowestB, at);
      next = ShortVector.fromArray(SHORTS, lowestB, at + LANES);
      least = least.min(b.add(x));
      leastNext = leastNext.min(next.add(x));
      other = other.min(b.add(y));
      otherNext = otherNext.min(next.add(y));
    }
    most.intoArray(largest, to);
    mostNext.intoArray(largest, to + LANES);
    second.intoArray(largest, to + COLUMNS);
    secondNext.intoArray(largest, to + COLUMNS + LANES);
    least.intoArray(lowest, to);
    leastNext.intoArray(lowest, to + LANES);
    other.intoArray(lowest, to + COLUMNS);
    otherNext.intoArray(lowest, to + COLUMNS + LANES);
  }

  /** The same numbers in 32 bits. */
  static void widen(short[] from, int[] to) {
    for (int j = 0; j < to.length; j += INTS.length()) {
      ((IntVector) ShortVector.fromArray(HALF_SHORTS, from, j).convertShape(S2I, INTS, 0))
          .intoArray(to, j);
    }
  }
}
