package macroscope.unit;

import java.util.function.LongUnaryOperator;
import macroscope.tensor.EncodedMatrix;

/** An operand as integers, one an element; padding is zero. */
public final class IntegerPlanes {

  private final Layout layout;
  private final int[] values;

  private IntegerPlanes(EncodedMatrix matrix, Layout layout, LongUnaryOperator integer) {
    this.layout = layout;
    this.values = new int[layout.size()];
    for (int row = 0; row < layout.rows(); row++) {
      for (int k = 0; k < layout.depth(); k++) {
        long value = integer.applyAsLong(matrix.code(row, k));
        values[layout.index(row, k)] = Math.toIntExact(value);
      }
    }
  }

  static IntegerPlanes left(EncodedMatrix matrix, LongUnaryOperator integer) {
    return new IntegerPlanes(matrix, Layout.rowMajor(matrix.rows(), matrix.columns()), integer);
  }

  static IntegerPlanes right(EncodedMatrix matrix, LongUnaryOperator integer) {
    return new IntegerPlanes(matrix, Layout.depthMajor(matrix.rows(), matrix.columns()), integer);
  }

  Layout layout() {
    return layout;
  }

  /** Adds the products of one row of A with a run of columns, in {@code int} that wraps. */
  static void addProducts(
      IntegerPlanes a,
      int row,
      IntegerPlanes b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      int[] sums) {
    int k = fromK;
    for (; k + 4 <= toK; k += 4) {
      int at = a.layout.index(row, k);
      int from = b.layout.index(fromColumn, k);
      add4(a.values, at, b.values, from, b.layout.depthStride(), columns, sums);
    }
    for (; k < toK; k++) {
      int from = b.layout.index(fromColumn, k);
      add(a.values[a.layout.index(row, k)], b.values, from, columns, sums);
    }
  }

  /** Adds products that do not fit {@code int}, in {@code long} that wraps. */
  static void addWideProducts(
      IntegerPlanes a,
      int row,
      IntegerPlanes b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      long[] sums) {
    for (int k = fromK; k < toK; k++) {
      long x = a.values[a.layout.index(row, k)];
      int from = b.layout.index(fromColumn, k);
      for (int j = 0; j < columns; j++) {
        sums[j] += x * b.values[from + j];
      }
    }
  }

  /** Four steps of K at once, which halves the traffic of {@code sums}. */
  private static void add4(
      int[] a, int at, int[] b, int from, int stride, int columns, int[] sums) {
    int x0 = a[at];
    int x1 = a[at + 1];
    int x2 = a[at + 2];
    int x3 = a[at + 3];
    if ((x0 | x1 | x2 | x3) == 0) {
      return;
    }
    int from1 = from + stride;
    int from2 = from1 + stride;
    int from3 = from2 + stride;
    for (int j = 0; j < columns; j++) {
      sums[j] += x0 * b[from + j] + x1 * b[from1 + j] + x2 * b[from2 + j] + x3 * b[from3 + j];
    }
  }

  private static void add(int x, int[] b, int from, int columns, int[] sums) {
    for (int j = 0; j < columns; j++) {
      sums[j] += x * b[from + j];
    }
  }
}
