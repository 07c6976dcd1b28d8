package macroscope.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import macroscope.unit.ExactFloatKernel;
import macroscope.unit.IntegerKernel;
import macroscope.unit.IntegerPlanes;

/**
 * Products of wider integers by fused multiply-adds of binary64 ({@link DoubleTile}).
 *
 * <p>Proof. As that of {@link FloatIntegerKernel}, with sums that start at 1.5 * 2^52 and products
 * whose magnitudes add up to 2^51 at most.
 */
@ExactFloatKernel("sums of integers within 2^52..2^53")
final class DoubleIntegerKernel implements IntegerKernel {

  private static final double START = 0x1.8p52;
  private static final long START_BITS = Double.doubleToRawLongBits(START);
  private static final long LARGEST_SUM = 1L << 51;
  private static final int LEAST_TERMS = 16;
  private static final VectorSpecies<Double> DOUBLES = Lanes.DOUBLES;
  private static final VectorSpecies<Long> LONGS = Lanes.LONGS;
  private static final int STRIP = DoubleTile.WIDTH;

  private final int terms;

  DoubleIntegerKernel(long largestProduct) {
    this.terms = (int) Math.min(1 << 20, LARGEST_SUM / largestProduct);
  }

  /** Whether enough products of this magnitude are summed before their sum is read. */
  static boolean fits(long largestProduct) {
    return LARGEST_SUM / largestProduct >= LEAST_TERMS && STEP % STRIP == 0;
  }

  @Override
  public IntegerPlanes.Form form() {
    return IntegerPlanes.Form.DOUBLES;
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
    double[] tile = new double[4 * STRIP];
    int depth = a.layout().depth();
    for (int j = 0; j < width; j += STRIP) {
      for (int i = 0; i < rows; i += 4) {
        int atA = a.layout().index(fromRow + i, 0);
        int last = (Math.min(4, rows - i) - 1) * depth;
        for (int k = fromK; k < toK; k += terms) {
          int count = Math.min(terms, toK - k);
          int atB = b.layout().index(fromColumn + j, k);
          DoubleTile.multiply(
              a.doubles(), atA + k, depth, last, b.doubles(), atB, count, START, tile, 0, STRIP);
          for (int row = i; row < Math.min(i + 4, rows); row++) {
            add(tile, (row - i) * STRIP, sums, row * width + j);
          }
        }
      }
    }
  }

  /** Adds the integers of one row of a tile. */
  private static void add(double[] tile, int from, long[] sums, int at) {
    for (int j = 0; j < STRIP; j += LONGS.length()) {
      DoubleVector.fromArray(DOUBLES, tile, from + j)
          .reinterpretAsLongs()
          .sub(START_BITS)
          .add(LongVector.fromArray(LONGS, sums, at + j))
          .intoArray(sums, at + j);
    }
  }
}
