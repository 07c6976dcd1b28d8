package macroscope.unit;

import java.util.function.LongUnaryOperator;
import macroscope.tensor.EncodedMatrix;

/**
 * An operand as integers: one array for each row of a left operand, one for each block of columns and
 * k of a right one.
 */
public final class IntegerPlanes {

  private final OperandShape shape;
  private final int[][] arrays;

  private IntegerPlanes(OperandShape shape, int[][] arrays) {
    this.shape = shape;
    this.arrays = arrays;
  }

  static IntegerPlanes left(EncodedMatrix matrix, LongUnaryOperator integer) {
    int[][] rows = new int[matrix.rows()][matrix.columns()];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k++) {
        rows[row][k] = Math.toIntExact(integer.applyAsLong(matrix.code(row, k)));
      }
    }
    return new IntegerPlanes(new OperandShape(matrix.rows(), matrix.columns()), rows);
  }

  static IntegerPlanes right(EncodedMatrix matrix, LongUnaryOperator integer) {
    OperandShape shape = new OperandShape(matrix.rows(), matrix.columns());
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
    return new IntegerPlanes(shape, arrays);
  }

  OperandShape shape() {
    return shape;
  }

  /** Adds the products of one row of A with a block of columns, in {@code int} that wraps. */
  static void addProducts(
      IntegerPlanes a, int row, IntegerPlanes b, int block, int fromK, int toK, int[] sums) {
    PlainIntegerKernel.addRow(a.arrays[row], b.arrays, b.shape.array(block, 0), fromK, toK, sums);
  }

  /**
   * Adds the products of some rows of A with a block of columns, in {@code int} that wraps.
   *
   * @param sums one row after another, {@link OperandShape#paddedWidth} apart
   */
  static void addProducts(
      IntegerKernel kernel,
      IntegerPlanes a,
      int fromRow,
      int rows,
      IntegerPlanes b,
      int block,
      int fromK,
      int toK,
      int[] sums) {
    int fromB = b.shape.array(block, 0);
    int width = b.shape.paddedWidth(block);
    kernel.addProducts(a.arrays, fromRow, rows, b.arrays, fromB, fromK, toK, sums, width);
  }

  /** Adds products that do not fit {@code int}, in {@code long} that wraps. */
  static void addWideProducts(
      IntegerPlanes a,
      int row,
      IntegerPlanes b,
      int block,
      int fromK,
      int toK,
      long[] sums,
      int at) {
    for (int k = fromK; k < toK; k++) {
      long x = a.arrays[row][k];
      int[] y = b.arrays[b.shape.array(block, k)];
      for (int j = 0; j < b.shape.width(block); j++) {
        sums[at + j] += x * y[j];
      }
    }
  }
}
