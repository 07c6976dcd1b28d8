package macroscope.unit;

import java.util.Arrays;

/** Integer products in plain Java, in loops over columns that HotSpot vectorizes. */
final class PlainIntegerKernel implements IntegerKernel {

  /** Arrays of B that stay in a first-level cache while rows go by. */
  private static final int DEPTH = 16;

  @Override
  public void addProducts(
      int[][] a,
      int fromRow,
      int rows,
      int[][] b,
      int fromB,
      int fromK,
      int toK,
      int[] sums,
      int width) {
    int[] row = new int[width];
    for (int k = fromK; k < toK; k += DEPTH) {
      int to = Math.min(toK, k + DEPTH);
      for (int i = 0; i < rows; i++) {
        Arrays.fill(row, 0);
        addRow(a[fromRow + i], b, fromB, k, to, row);
        for (int j = 0, at = i * width; j < width; j++) {
          sums[at + j] += row[j];
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
