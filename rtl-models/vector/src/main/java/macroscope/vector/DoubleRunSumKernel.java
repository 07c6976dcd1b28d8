package macroscope.vector;

import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.unit.AlignedRuns;
import macroscope.unit.ExactFloatKernel;
import macroscope.unit.FloatRounder;
import macroscope.unit.FusedDotKernel;
import macroscope.unit.RealPlanes;
import macroscope.unit.RunSumKernel;

/**
 * Aligned sums in binary64, one output column a lane: products are added as they are ({@link
 * DoubleTile}), which is right unless one of them has bits below the cut. Their exponents tell ({@link
 * RunExponents}); those few sums are made again, term by term.
 *
 * <p>Proof. Let u be the last place that is kept. Where products are multiples of u, so are their
 * partial sums, which the width of an aligned sum bounds by 2^53 u: each is a number of binary64 and
 * no addition rounds. The cut addend is such a multiple too. Accumulators have fewer bits.
 */
@ExactFloatKernel("multiples of the last kept place, below 2^53 of it")
final class DoubleRunSumKernel implements RunSumKernel {

  private static final int COLUMNS = FusedDotKernel.COLUMNS;
  private static final int MOST_BITS = 53;
  private static final int MOST_FRACTION_BITS = 40;
  private static final int QUAD = 4;
  private static final int FRACTION_BITS = 52;
  private static final int BIAS = DoubleRounder.BIAS;

  private final AlignedRuns runs;
  private final FloatRounder rounder;
  private final DoubleRounder lanes;

  private DoubleRunSumKernel(AlignedRuns runs, FloatRounder rounder) {
    this.runs = runs;
    this.rounder = rounder;
    this.lanes = new DoubleRounder(runs);
  }

  /** The kernel, if widths are proven. */
  static Optional<RunSumKernel> of(AlignedRuns runs, FloatRounder rounder) {
    FloatFormat format = runs.accumulator();
    boolean fits =
        runs.sumBits() <= MOST_BITS
            && runs.productBits() <= MOST_BITS
            && RealPlanes.fit(format)
            && format.fractionBits() <= MOST_FRACTION_BITS
            && COLUMNS % DoubleTile.WIDTH == 0
            && COLUMNS % RunExponents.STEP == 0;
    return fits ? Optional.of(new DoubleRunSumKernel(runs, rounder)) : Optional.empty();
  }

  @Override
  public void accumulate(
      RealPlanes a,
      int fromRow,
      int rows,
      RealPlanes b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      int passes,
      long[] significands,
      int[] exponents) {
    Tile tile = new Tile(a, fromRow, rows, b, fromColumn, columns, significands, exponents);
    for (int pass = 0; pass < passes; pass++) {
      int k = Math.min(toK, fromK + pass * runs.length());
      tile.pass(k, Math.min(runs.length(), toK - k));
    }
    tile.write(significands, exponents);
  }

  /** Accumulators of a tile, and what a pass adds to them; one step after another, for all rows. */
  private final class Tile {
    private final RealPlanes a;
    private final int fromRow;
    private final int rows;
    private final RealPlanes b;
    private final int fromColumn;
    private final int columns;
    private final double[] held;
    private final double[] sums;
    private final short[] shortLargest;
    private final short[] shortLowest;
    private final int[] products;
    private final int[] lowest;
    private final double[] cut = new double[COLUMNS];
    private final long[] largest = new long[COLUMNS];
    private final long[] flags = new long[COLUMNS];

    Tile(
        RealPlanes a,
        int fromRow,
        int rows,
        RealPlanes b,
        int fromColumn,
        int columns,
        long[] significands,
        int[] exponents) {
      this.a = a;
      this.fromRow = fromRow;
      this.rows = rows;
      this.b = b;
      this.fromColumn = fromColumn;
      this.columns = columns;
      this.held = new double[rows * COLUMNS];
      for (int at = 0; at < held.length; at++) {
        held[at] = number(significands[at], exponents[at]);
      }
      int filled = (rows + QUAD - 1) / QUAD * QUAD * COLUMNS;
      this.sums = new double[filled];
      this.shortLargest = new short[filled];
      this.shortLowest = new short[filled];
      this.products = new int[filled];
      this.lowest = new int[filled];
    }

    void write(long[] significands, int[] exponents) {
      for (int at = 0; at < held.length; at++) {
        write(held[at], significands, exponents, at);
      }
    }

    /** One pass: {@code count} products from {@code k} on. */
    void pass(int k, int count) {
      multiply(k, count);
      exponents(k / runs.runLength(), count / runs.runLength());
      for (int row = 0; row < rows; row++) {
        int at = row * COLUMNS;
        if (lanes.cut(held, products, lowest, at, cut, largest, flags)) {
          addTermByTerm(row, k, count);
        }
        if (lanes.round(sums, cut, held, at, flags)) {
          roundOneByOne(at);
        }
      }
    }

    private void multiply(int k, int count) {
      int depth = a.layout().depth();
      for (int row = 0; row < rows; row += QUAD) {
        int atA = a.layout().index(fromRow + row, k);
        int last = (Math.min(QUAD, rows - row) - 1) * depth;
        for (int j = 0; j < COLUMNS; j += DoubleTile.WIDTH) {
          int atB = b.layout().index(fromColumn + j, k);
          int to = row * COLUMNS + j;
          DoubleTile.multiply(
              a.values(), atA, depth, last, b.values(), atB, count, 0, sums, to, COLUMNS);
        }
      }
    }

    private void exponents(int run, int count) {
      for (int row = 0; row < rows; row += 2) {
        int atA = a.runs().index(fromRow + row, run);
        int second = a.runs().index(fromRow + Math.min(row + 1, rows - 1), run);
        for (int j = 0; j < COLUMNS; j += RunExponents.STEP) {
          int atB = b.runs().index(fromColumn + j, run);
          RunExponents.ofTwoRows(
              a.exponents(),
              a.lowest(),
              atA,
              second,
              b.exponents(),
              b.lowest(),
              atB,
              count,
              shortLargest,
              shortLowest,
              row * COLUMNS + j);
        }
      }
      RunExponents.widen(shortLargest, products);
      RunExponents.widen(shortLowest, lowest);
    }

    /** Sums of products that are cut, in the columns that have one. */
    private void addTermByTerm(int row, int k, int count) {
      for (int j = 0; j < columns; j++) {
        if (flags[j] < 0) {
          int unit = (int) largest[j] - BIAS - runs.keptFractionBits();
          sums[row * COLUMNS + j] = sum(fromRow + row, fromColumn + j, k, count, unit);
        }
      }
    }

    private double sum(int rowA, int rowB, int fromK, int count, int unit) {
      double sum = 0;
      int atA = a.layout().index(rowA, fromK);
      int atB = b.layout().index(rowB, fromK);
      for (int k = 0; k < count; ) {
        double term = 0;
        for (int stop = k + runs.runLength(); k < stop; k++) {
          term += a.values()[atA + k] * b.values()[atB + k * COLUMNS];
        }
        sum += truncated(term, unit);
      }
      return sum;
    }

    /** Results that are not ordinary numbers. */
    private void roundOneByOne(int at) {
      for (int j = 0; j < columns; j++) {
        if (flags[j] < 0) {
          int unit = (int) largest[j] - BIAS - runs.keptFractionBits();
          held[at + j] = rounded(sums[at + j] + cut[j], unit);
        }
      }
    }

    private double rounded(double sum, int unit) {
      if (Double.isInfinite(sum)) {
        return sum;
      }
      long[] significand = new long[1];
      int[] exponent = new int[1];
      rounder.round((long) Math.scalb(sum, -unit), unit, significand, exponent, 0);
      return number(significand[0], exponent[0]);
    }

    /** An accumulator as {@link FloatRounder} holds it, an infinite one as an infinity. */
    private double number(long significand, int exponent) {
      if (exponent > Double.MAX_EXPONENT) {
        return significand < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      int unit = exponent - rounder.fractionBits();
      return significand * Double.longBitsToDouble((long) (unit + BIAS) << FRACTION_BITS);
    }

    private void write(double number, long[] significands, int[] exponents, int at) {
      int exponent = Math.max(Math.getExponent(number), runs.accumulator().minExponent());
      if (Double.isInfinite(number)) {
        rounder.round(number < 0 ? -1 : 1, Integer.MAX_VALUE / 2, significands, exponents, at);
      } else if (number == 0) {
        rounder.round(0, 0, significands, exponents, at);
      } else {
        long scale = (long) (rounder.fractionBits() - exponent + BIAS) << FRACTION_BITS;
        significands[at] = (long) (number * Double.longBitsToDouble(scale));
        exponents[at] = exponent;
      }
    }
  }

  /** {@code x} without what lies below {@code 2^unit}. */
  private static double truncated(double x, int unit) {
    int drop = unit - Math.getExponent(x) + FRACTION_BITS;
    if (drop <= 0) {
      return x;
    }
    return drop > FRACTION_BITS
        ? 0
        : Double.longBitsToDouble(Double.doubleToRawLongBits(x) & -1L << drop);
  }
}
