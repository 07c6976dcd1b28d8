package macroscope.unit;

import java.util.List;
import java.util.OptionalLong;
import macroscope.format.CodebookFormat;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PowerFormat;
import macroscope.format.Value;
import macroscope.tensor.EncodedMatrix;

/**
 * An operand of a {@link MacUnit}: what its multiplication reads of each finite code, and which rows
 * hold NaN or infinity, which read as 0. One array for each row of a left operand, one for each block
 * of columns and k of a right one.
 */
public final class MacOperand {

  private final OperandShape shape;
  private final EncodedMatrix matrix;
  private final boolean[] special;
  private final long[][] arrays;

  private MacOperand(EncodedMatrix matrix, boolean[] special, long[][] arrays) {
    this.shape = new OperandShape(matrix.rows(), matrix.columns());
    this.matrix = matrix;
    this.special = special;
    this.arrays = arrays;
  }

  static MacOperand left(CodeReader reader, EncodedMatrix matrix) {
    OperandFormats.require(reader.format(), matrix.format().element());
    boolean[] special = new boolean[matrix.rows()];
    long[][] rows = new long[matrix.rows()][matrix.columns()];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k++) {
        rows[row][k] = read(reader, matrix, row, k, special);
      }
    }
    return new MacOperand(matrix, special, rows);
  }

  static MacOperand right(CodeReader reader, EncodedMatrix matrix) {
    OperandFormats.require(reader.format(), matrix.format().element());
    boolean[] special = new boolean[matrix.rows()];
    OperandShape shape = new OperandShape(matrix.rows(), matrix.columns());
    long[][] arrays = new long[shape.arrays()][];
    for (int block = 0; block < shape.blocks(); block++) {
      for (int k = 0; k < shape.depth(); k++) {
        long[] columns = new long[shape.width(block)];
        for (int j = 0; j < columns.length; j++) {
          columns[j] = read(reader, matrix, shape.from(block) + j, k, special);
        }
        arrays[shape.array(block, k)] = columns;
      }
    }
    return new MacOperand(matrix, special, arrays);
  }

  private static long read(
      CodeReader reader, EncodedMatrix matrix, int row, int k, boolean[] special) {
    OptionalLong operand = reader.read(matrix.code(row, k));
    special[row] |= operand.isEmpty();
    return operand.orElse(0);
  }

  /** Whether a format has codes of NaN or infinity. */
  static boolean hasSpecials(NumberFormat format) {
    if (format instanceof FloatFormat floats) {
      return floats.hasNan() || floats.hasInfinity();
    }
    return !(format instanceof IntegerFormat
        || format instanceof CodebookFormat
        || format instanceof PowerFormat);
  }

  /**
   * @throws IllegalArgumentException if an operand of a multiplication can be NaN or infinite
   */
  static void requireNoSpecials(Multiplication multiplication) {
    for (NumberFormat format : List.of(multiplication.a(), multiplication.b())) {
      if (hasSpecials(format)) {
        throw new IllegalArgumentException(
            "operands of an integer accumulator must always be finite: " + format.name());
      }
    }
  }

  OperandShape shape() {
    return shape;
  }

  /** A row of a left operand. */
  long[] row(int row) {
    return arrays[row];
  }

  /** A block of columns of a right operand at one k. */
  long[] columns(int block, int k) {
    return arrays[shape.array(block, k)];
  }

  private Value value(int row, int k) {
    return matrix.format().element().decode(matrix.code(row, k));
  }

  /** What NaN and infinite operands make of the products k = from..to-1 of two rows. */
  static Extreme ofProducts(MacOperand a, int i, MacOperand b, int j, int from, int to) {
    Extreme extreme = Extreme.NONE;
    if (a.special[i] || b.special[j]) {
      for (int k = from; k < to; k++) {
        extreme = extreme.plus(ofProduct(a.value(i, k), b.value(j, k)));
      }
    }
    return extreme;
  }

  private static Extreme ofProduct(Value x, Value y) {
    if (x.isFinite() && y.isFinite()) {
      return Extreme.NONE;
    }
    boolean nan = x.isNan() || y.isNan() || x.isZero() || y.isZero();
    return nan ? Extreme.NAN : Extreme.infinity(x.negative() != y.negative());
  }
}
