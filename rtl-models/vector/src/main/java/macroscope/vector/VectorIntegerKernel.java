package macroscope.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.IntegerKernel;

/**
 * Integer products with one output column a lane: two rows by four vectors of columns are summed in
 * registers. See {@link IntFusedDotKernel} for the size of methods.
 */
final class VectorIntegerKernel implements IntegerKernel {

  /** Arrays of B that stay in a first-level cache while rows go by. */
  private static final int DEPTH = 64;

  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final int LANES = INTS.length();
  private static final int STRIP = 4 * LANES;

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
    int[] scratch = new int[2 * STRIP];
    for (int k = fromK; k < toK; k += DEPTH) {
      int to = Math.min(toK, k + DEPTH);
      for (int j = 0; j < width; j += STRIP) {
        for (int i = 0; i < rows; i += 2) {
          int second = Math.min(i + 1, rows - 1);
          pair(a[fromRow + i], a[fromRow + second], b, fromB, k, to, j, scratch);
          add(scratch, 0, sums, i * width + j);
          if (second > i) {
            add(scratch, STRIP, sums, second * width + j);
          }
        }
      }
    }
  }

  /** Sums of two rows. */
  private static void pair(
      int[] x, int[] y, int[][] b, int fromB, int fromK, int toK, int j, int[] sums) {
    IntVector x0 = IntVector.zero(INTS);
    IntVector x1 = x0;
    IntVector x2 = x0;
    IntVector x3 = x0;
    IntVector y0 = x0;
    IntVector y1 = x0;
    IntVector y2 = x0;
    IntVector y3 = x0;
    for (int k = fromK; k < toK; k++) {
      int[] columns = b[fromB + k];
      int left = x[k];
      int right = y[k];
      IntVector column = IntVector.fromArray(INTS, columns, j);
      x0 = x0.add(column.mul(left));
      y0 = y0.add(column.mul(right));
      column = IntVector.fromArray(INTS, columns, j + LANES);
      x1 = x1.add(column.mul(left));
      y1 = y1.add(column.mul(right));
      column = IntVector.fromArray(INTS, columns, j + 2 * LANES);
      x2 = x2.add(column.mul(left));
      y2 = y2.add(column.mul(right));
      column = IntVector.fromArray(INTS, columns, j + 3 * LANES);
      x3 = x3.add(column.mul(left));
      y3 = y3.add(column.mul(right));
    }
    x0.intoArray(sums, 0);
    x1.intoArray(sums, LANES);
    x2.intoArray(sums, 2 * LANES);
    x3.intoArray(sums, 3 * LANES);
    y0.intoArray(sums, STRIP);
    y1.intoArray(sums, STRIP + LANES);
    y2.intoArray(sums, STRIP + 2 * LANES);
    y3.intoArray(sums, STRIP + 3 * LANES);
  }

  private static void add(int[] x, int from, int[] sums, int at) {
    for (int j = 0; j < STRIP; j++) {
      sums[at + j] += x[from + j];
    }
  }
}
