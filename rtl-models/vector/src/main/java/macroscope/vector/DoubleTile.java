package macroscope.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.ExactFloatKernel;
import macroscope.unit.FusedDotKernel;

/**
 * Sums of products by fused multiply-adds of binary64, four rows by four vectors of columns in
 * registers. See {@link IntFusedDotKernel} for the size of methods.
 */
@ExactFloatKernel("callers prove that every partial sum is a number of binary64")
final class DoubleTile {

  private static final VectorSpecies<Double> DOUBLES = Lanes.DOUBLES;
  private static final int LANES = DOUBLES.length();

  /** Columns of a tile. */
  static final int WIDTH = 4 * LANES;

  private DoubleTile() {}

  /**
   * Sums of four rows, the last again and again where there are fewer.
   *
   * @param stride distance of rows of A
   * @param last where the last row lies, from the first on
   * @param b columns, {@link FusedDotKernel#COLUMNS} apart for neighbours along K
   * @param start what sums start at
   * @param tile four rows
   * @param to where the first of them begins
   * @param next distance of rows there
   */
  static void multiply(
      double[] a,
      int atA,
      int stride,
      int last,
      double[] b,
      int atB,
      int count,
      double start,
      double[] tile,
      int to,
      int next) {
    int second = atA + Math.min(stride, last);
    int third = atA + Math.min(2 * stride, last);
    int fourth = atA + last;
    DoubleVector c00 = DoubleVector.broadcast(DOUBLES, start);
    DoubleVector c01 = c00;
    DoubleVector c02 = c00;
    DoubleVector c03 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c12 = c00;
    DoubleVector c13 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c22 = c00;
    DoubleVector c23 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    DoubleVector c32 = c00;
    DoubleVector c33 = c00;
    for (int k = 0, at = atB; k < count; k++, at += FusedDotKernel.COLUMNS) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, at);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, at + LANES);
      DoubleVector b2 = DoubleVector.fromArray(DOUBLES, b, at + 2 * LANES);
      DoubleVector b3 = DoubleVector.fromArray(DOUBLES, b, at + 3 * LANES);
      DoubleVector x = DoubleVector.broadcast(DOUBLES, a[atA + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(DOUBLES, a[second + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = DoubleVector.broadcast(DOUBLES, a[third + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = DoubleVector.broadcast(DOUBLES, a[fourth + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    store(c00, c01, c02, c03, tile, to);
    store(c10, c11, c12, c13, tile, to + next);
    store(c20, c21, c22, c23, tile, to + 2 * next);
    store(c30, c31, c32, c33, tile, to + 3 * next);
  }

  private static void store(
      DoubleVector v0, DoubleVector v1, DoubleVector v2, DoubleVector v3, double[] tile, int at) {
    v0.intoArray(tile, at);
    v1.intoArray(tile, at + LANES);
    v2.intoArray(tile, at + 2 * LANES);
    v3.intoArray(tile, at + 3 * LANES);
  }
}
