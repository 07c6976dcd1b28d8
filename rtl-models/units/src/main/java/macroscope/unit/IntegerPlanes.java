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
        int[] columns = new int[shape.width(block)];
        for (int j = 0; j < columns.length; j++) {
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
    int[] x = a.arrays[row];
    int k = fromK;
    for (; k + 4 <= toK; k += 4) {
      if ((x[k] | x[k + 1] | x[k + 2] | x[k + 3]) != 0) {
        int at = b.shape.array(block, k);
        int[][] y = b.arrays;
        add(x[k], x[k + 1], x[k + 2], x[k + 3], y[at], y[at + 1], y[at + 2], y[at + 3], sums);
      }
    }
    for (; k < toK; k++) {
      add(x[k], b.arrays[b.shape.array(block, k)], sums);
    }
  }

  /** Adds products that do not fit {@code int}, in {@code long} that wraps. */
  static void addWideProducts(
      IntegerPlanes a, int row, IntegerPlanes b, int block, int fromK, int toK, long[] sums) {
    for (int k = fromK; k < toK; k++) {
      long x = a.arrays[row][k];
      int[] y = b.arrays[b.shape.array(block, k)];
      for (int j = 0; j < y.length; j++) {
        sums[j] += x * y[j];
      }
    }
  }

  /** Four steps of K at once, which halves the traffic of {@code sums}. */
  private static void add(
      int x0, int x1, int x2, int x3, int[] y0, int[] y1, int[] y2, int[] y3, int[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x0 * y0[j] + x1 * y1[j] + x2 * y2[j] + x3 * y3[j];
    }
  }

  private static void add(int x, int[] y, int[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x * y[j];
    }
  }
}
