package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;

/** An operand as plain integers, row-major. */
public final class IntegerRows {

  private final OperandShape shape;
  private final long[] integers;

  private IntegerRows(OperandShape shape, long[] integers) {
    this.shape = shape;
    this.integers = integers;
  }

  /**
   * @throws IllegalArgumentException if the elements of {@code matrix} are not of {@code format}, or
   *     one is the most negative of a symmetric format, which lanes have no room for
   */
  static IntegerRows of(IntegerFormat format, EncodedMatrix matrix) {
    OperandFormats.require(format, matrix.format().element());
    long[] integers = new long[matrix.codes().length];
    for (int at = 0; at < integers.length; at++) {
      integers[at] = format.integer(matrix.codes()[at]);
      if (integers[at] < format.least()) {
        throw new IllegalArgumentException(
            "a number of "
                + format.name()
                + " must be at least "
                + format.least()
                + ": "
                + integers[at]);
      }
    }
    return new IntegerRows(new OperandShape(matrix.rows(), matrix.columns()), integers);
  }

  OperandShape shape() {
    return shape;
  }

  /** The numbers at k of so many rows from {@code row} on; zeros past the last row. */
  long[] numbers(int row, int count, int k) {
    long[] numbers = new long[count];
    for (int i = 0; i < count && row + i < shape.rows(); i++) {
      numbers[i] = integers[(row + i) * shape.depth() + k];
    }
    return numbers;
  }
}
