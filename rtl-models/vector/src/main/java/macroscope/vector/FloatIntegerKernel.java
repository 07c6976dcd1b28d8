package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.I2L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.ExactFloatKernel;
import macroscope.unit.IntegerKernel;
import macroscope.unit.IntegerPlanes;

/**
 * Products of narrow integers by fused multiply-adds of binary32, four rows by four vectors of columns
 * in registers. See {@link IntFusedDotKernel} for the size of methods.
 *
 * <p>Proof. Sums start at 1.5 * 2^23 and take in products whose magnitudes add up to 2^22 at most, so
 * that they stay within 2^23..2^24, where the numbers of binary32 are the integers: nothing is
 * rounded, and the low bits of a sum's code are the integer.
 */
@ExactFloatKernel("sums of integers within 2^23..2^24")
final class FloatIntegerKernel implements IntegerKernel {

  private static final float START = 0x1.8p23f;
  private static final int START_BITS = Float.floatToRawIntBits(START);
  private static final int LARGEST_SUM = 1 << 22;
  private static final int LEAST_TERMS = 64;
  private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
  private static final VectorSpecies<Float> HALF_FLOATS = Lanes.HALF_FLOATS;
  private static final VectorSpecies<Long> LONGS = Lanes.LONGS;
  private static final int LANES = FLOATS.length();
  private static final int STRIP = 4 * LANES;

  private final int terms;

  FloatIntegerKernel(long largestProduct) {
    this.terms = (int) (LARGEST_SUM / largestProduct);
  }

  /** Whether enough products of this magnitude are summed before their sum is read. */
  static boolean fits(long largestProduct) {
    return LARGEST_SUM / largestProduct >= LEAST_TERMS && STEP % STRIP == 0;
  }

  @Override
  public IntegerPlanes.Form form() {
    return IntegerPlanes.Form.FLOATS;
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
    float[] tile = new float[4 * STRIP];
    int depth = a.layout().depth();
    for (int j = 0; j < width; j += STRIP) {
      for (int i = 0; i < rows; i += 4) {
        int atA = a.layout().index(fromRow + i, 0);
        int last = (Math.min(4, rows - i) - 1) * depth;
        for (int k = fromK; k < toK; k += terms) {
          int count = Math.min(terms, toK - k);
          int atB = b.layout().index(fromColumn + j, k);
          multiply(a.floats(), atA + k, depth, last, b.floats(), atB, count, tile);
          for (int row = i; row < Math.min(i + 4, rows); row++) {
            add(tile, (row - i) * STRIP, sums, row * width + j);
          }
        }
      }
    }
  }

  /**
   * Sums of four rows, the last again and again where there are fewer.
   *
   * @param stride distance of rows of A
   * @param last where the last row lies, from the first on
   */
  private static void multiply(
      float[] a, int atA, int stride, int last, float[] b, int atB, int count, float[] tile) {
    int second = atA + Math.min(stride, last);
    int third = atA + Math.min(2 * stride, last);
    int fourth = atA + last;
    FloatVector start = FloatVector.broadcast(FLOATS, START);
    FloatVector c00 = start;
    FloatVector c01 = start;
    FloatVector c02 = start;
    FloatVector c03 = start;
    FloatVector c10 = start;
    FloatVector c11 = start;
    FloatVector c12 = start;
    FloatVector c13 = start;
    FloatVector c20 = start;
    FloatVector c21 = start;
    FloatVector c22 = start;
    FloatVector c23 = start;
    FloatVector c30 = start;
    FloatVector c31 = start;
    FloatVector c32 = start;
    FloatVector c33 = start;
    for (int k = 0, at = atB; k < count; k++, at += STEP) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, at);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, at + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, at + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, at + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, a[atA + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(FLOATS, a[second + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(FLOATS, a[third + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(FLOATS, a[fourth + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    store(c00, c01, c02, c03, tile, 0);
    store(c10, c11, c12, c13, tile, STRIP);
    store(c20, c21, c22, c23, tile, 2 * STRIP);
    store(c30, c31, c32, c33, tile, 3 * STRIP);
  }

  private static void store(
      FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] tile, int at) {
    v0.intoArray(tile, at);
    v1.intoArray(tile, at + LANES);
    v2.intoArray(tile, at + 2 * LANES);
    v3.intoArray(tile, at + 3 * LANES);
  }

  /** Adds the integers of one row of a tile. */
  private static void add(float[] tile, int from, long[] sums, int at) {
    for (int j = 0; j < STRIP; j += LONGS.length()) {
      IntVector integers =
          FloatVector.fromArray(HALF_FLOATS, tile, from + j).reinterpretAsInts().sub(START_BITS);
      ((LongVector) integers.convertShape(I2L, LONGS, 0))
          .add(LongVector.fromArray(LONGS, sums, at + j))
          .intoArray(sums, at + j);
    }
  }
}
