package macroscope.unit;

import java.util.Arrays;

/**
 * Integer products in plain Java, in loops over columns that HotSpot vectorizes: in {@code int} as many
 * terms at a time as fit, else in {@code long}.
 */
final class PlainIntegerKernel implements IntegerKernel {

  /** Arrays of B that stay in a first-level cache while rows go by. */
  private static final int DEPTH = 16;

  private final int termsPerInt;

  /**
   * @param termsPerInt products whose sum fits {@code int}; 0 if not even one does
   */
  PlainIntegerKernel(int termsPerInt) {
    this.termsPerInt = termsPerInt;
  }

  @Override
  public void addProducts(
      IntegerPlanes a,
      int fromRow,
      int rows,
      IntegerPlanes b,
      int fromColumn,
      int width,
      int fromK,
      int toK,
      long[] sums) {
    int[][] x = Arrays.copyOfRange(a.arrays(), fromRow, fromRow + rows);
    int fromB = b.shape().array(fromColumn / OperandShape.BLOCK, 0);
    if (termsPerInt == 0) {
      addWide(x, b.arrays(), fromB, width, fromK, toK, sums);
      return;
    }
    int[] partial = new int[rows * width];
    for (int k = fromK; k < toK; ) {
      int stop = (int) Math.min(toK, (long) k + termsPerInt);
      Arrays.fill(partial, 0);
      addInts(x, b.arrays(), fromB, width, k, stop, partial);
      for (int at = 0; at < partial.length; at++) {
        sums[at] += partial[at];
      }
      k = stop;
    }
  }

  private static void addInts(
      int[][] a, int[][] b, int fromB, int width, int fromK, int toK, int[] sums) {
    int[] row = new int[width];
    for (int k = fromK; k < toK; k += DEPTH) {
      int to = Math.min(toK, k + DEPTH);
      for (int i = 0; i < a.length; i++) {
        Arrays.fill(row, 0);
        addRow(a[i], b, fromB, k, to, row);
        for (int j = 0, at = i * width; j < width; j++) {
          sums[at + j] += row[j];
        }
      }
    }
  }

  private static void addWide(
      int[][] a, int[][] b, int fromB, int width, int fromK, int toK, long[] sums) {
    for (int i = 0; i < a.length; i++) {
      for (int k = fromK; k < toK; k++) {
        long x = a[i][k];
        int[] y = b[fromB + k];
        for (int j = 0, at = i * width; j < width; j++) {
          sums[at + j] += x * y[j];
        }
      }
    }
  }

  /** Adds the products of one row of A with a block of columns; loops run over all of {@code sums}. */
  static void addRow(int[] x, int[][] y, int fromY, int fromK, int toK, int[] sums) {
    int k = fromK;
    for (; k + 4 <= toK; k += 4) {
      if ((x[k] | x[k + 1] | x[k + 2] | x[k + 3]) != 0) {
        int at = fromY + k;
        add(x[k], x[k + 1], x[k + 2], x[k + 3], y[at], y[at + 1], y[at + 2], y[at + 3], sums);
      }
    }
    for (; k < toK; k++) {
      add(x[k], y[fromY + k], sums);
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
