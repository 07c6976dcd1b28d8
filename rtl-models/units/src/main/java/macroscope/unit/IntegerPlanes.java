package macroscope.unit;

import java.util.function.LongUnaryOperator;
import macroscope.tensor.EncodedMatrix;

/**
 * An operand as integers, in one of three forms: arrays of {@code int}, one for each row of a left
 * operand, one for each block of columns and k of a right one; or one plane of {@code float} or {@code
 * double} numbers, laid out by {@link #layout}. The planes of other forms are empty.
 */
@ExactFloatKernel("it converts integers of the width that a kernel asks for, which are numbers")
public final class IntegerPlanes {

  /** What integers are held as. */
  public enum Form {
    INTS,
    FLOATS,
    DOUBLES
  }

  private final OperandShape shape;
  private final Layout layout;
  private final int[][] arrays;
  private final float[] floats;
  private final double[] doubles;

  private IntegerPlanes(OperandShape shape, Layout layout, int[][] arrays, Form form) {
    this.shape = shape;
    this.layout = layout;
    this.arrays = arrays;
    this.floats = new float[form == Form.FLOATS ? layout.size() : 0];
    this.doubles = new double[form == Form.DOUBLES ? layout.size() : 0];
  }

  static IntegerPlanes left(EncodedMatrix matrix, LongUnaryOperator integer) {
    int[][] rows = new int[matrix.rows()][matrix.columns()];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k++) {
        rows[row][k] = Math.toIntExact(integer.applyAsLong(matrix.code(row, k)));
      }
    }
    Layout layout = Layout.rowMajor(matrix.rows(), matrix.columns());
    return new IntegerPlanes(layout.shape(), layout, rows, Form.INTS);
  }

  static IntegerPlanes right(EncodedMatrix matrix, LongUnaryOperator integer) {
    Layout layout = Layout.depthMajor(matrix.rows(), matrix.columns());
    OperandShape shape = layout.shape();
    int[][] arrays = new int[shape.arrays()][];
    for (int block = 0; block < shape.blocks(); block++) {
      for (int k = 0; k < shape.depth(); k++) {
        int[] columns = new int[shape.paddedWidth(block)];
        for (int j = 0; j < shape.width(block); j++) {
          long code = matrix.code(shape.from(block) + j, k);
          columns[j] = Math.toIntExact(integer.applyAsLong(code));
        }
        arrays[shape.array(block, k)] = columns;
      }
    }
    return new IntegerPlanes(shape, layout, arrays, Form.INTS);
  }

  /** A left operand in a form that holds its integers exactly. */
  static IntegerPlanes left(EncodedMatrix matrix, LongUnaryOperator integer, Form form) {
    return form == Form.INTS
        ? left(matrix, integer)
        : plane(matrix, integer, form, Layout.rowMajor(matrix.rows(), matrix.columns()));
  }

  /** A right operand in a form that holds its integers exactly. */
  static IntegerPlanes right(EncodedMatrix matrix, LongUnaryOperator integer, Form form) {
    return form == Form.INTS
        ? right(matrix, integer)
        : plane(matrix, integer, form, Layout.depthMajor(matrix.rows(), matrix.columns()));
  }

  private static IntegerPlanes plane(
      EncodedMatrix matrix, LongUnaryOperator integer, Form form, Layout layout) {
    IntegerPlanes planes = new IntegerPlanes(layout.shape(), layout, new int[0][], form);
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k++) {
        long number = integer.applyAsLong(matrix.code(row, k));
        if (form == Form.FLOATS) {
          planes.floats[layout.index(row, k)] = number;
        } else {
          planes.doubles[layout.index(row, k)] = number;
        }
      }
    }
    return planes;
  }

  OperandShape shape() {
    return shape;
  }

  /** Where elements lie in a plane of numbers. */
  public Layout layout() {
    return layout;
  }

  int[][] arrays() {
    return arrays;
  }

  /** Integers as {@code float}; shared, not to be modified. */
  public float[] floats() {
    return floats;
  }

  /** Integers as {@code double}; shared, not to be modified. */
  public double[] doubles() {
    return doubles;
  }

  /** Adds the products of one row of A with a block of columns, in {@code int} that wraps. */
  static void addProducts(
      IntegerPlanes a, int row, IntegerPlanes b, int block, int fromK, int toK, int[] sums) {
    PlainIntegerKernel.addRow(a.arrays[row], b.arrays, b.shape.array(block, 0), fromK, toK, sums);
  }
}
