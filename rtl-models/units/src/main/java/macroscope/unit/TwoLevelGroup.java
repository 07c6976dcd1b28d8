package macroscope.unit;

import java.util.Arrays;

/** The sums of one group of products with a run of accumulators, for {@link TwoLevelDotUnit}. */
final class TwoLevelGroup {

  private static final int PRODUCT_BITS = TwoLevelDotSpec.PRODUCT_FRACTION_BITS;
  private static final int SUM_BITS = TwoLevelDotSpec.SUM_FRACTION_BITS;

  private final TwoLevelDotSpec spec;
  private final FloatRounder rounder;
  private final int productLeft;
  private final int columns;
  private final int[][] largest;
  private final long[][] sums;
  private final long[] addends;
  private final long[] significands;
  private final int[] exponents;

  TwoLevelGroup(TwoLevelDotSpec spec, FloatRounder rounder, int columns) {
    this.spec = spec;
    this.rounder = rounder;
    this.productLeft = PRODUCT_BITS - spec.a().fractionBits() - spec.b().fractionBits();
    this.columns = columns;
    this.largest = new int[spec.lanes()][columns];
    this.sums = new long[spec.lanes()][columns];
    this.addends = new long[columns];
    this.significands = new long[columns];
    this.exponents = new int[columns];
  }

  /** The addend that column {@code j} had before. */
  long addend(int j) {
    return addends[j];
  }

  /** The largest exponent of the products of column {@code j}. */
  int largestProduct(int j) {
    int most = largest[0][j];
    return largest.length == 1 ? most : Math.max(most, largest[1][j]);
  }

  /**
   * {@code codes[at + j] <- codes[at + j] + products} of row i and column from + j; NaN and infinite
   * operands count as zeros.
   *
   * @param limitK what lies at or beyond it is padding
   */
  void add(
      SignificandPlanes a,
      int i,
      SignificandPlanes b,
      int from,
      int fromK,
      int limitK,
      long[] codes,
      int at) {
    int padded = fromK + spec.groupLength();
    int toK = Math.min(padded, limitK);
    for (int lane = 0; lane < sums.length; lane++) {
      align(a, i, b, from, fromK, toK, lane);
      addProducts(a, i, b, from, fromK, toK, lane);
    }
    for (int j = 0; j < columns; j++) {
      addends[j] = codes[at + j];
      rounder.read(addends[j], significands, exponents, j);
      codes[at + j] = withAddend(j);
    }
  }

  /** Largest exponents of the products of a lane; a lane that padding fills up has that of padding. */
  private void align(
      SignificandPlanes a, int i, SignificandPlanes b, int from, int fromK, int toK, int lane) {
    int[] most = largest[lane];
    boolean padding = toK - fromK < spec.groupLength();
    Arrays.fill(most, padding ? AlignedSum.PADDING_EXPONENT : Integer.MIN_VALUE);
    for (int k = fromK + lane; k < toK; k += sums.length) {
      int exponent = a.exponents()[a.layout().index(i, k)];
      int at = b.layout().index(from, k);
      for (int j = 0; j < most.length; j++) {
        most[j] = Math.max(most[j], exponent + b.exponents()[at + j]);
      }
    }
  }

  private void addProducts(
      SignificandPlanes a, int i, SignificandPlanes b, int from, int fromK, int toK, int lane) {
    int[] most = largest[lane];
    long[] sum = sums[lane];
    Arrays.fill(sum, 0);
    for (int k = fromK + lane; k < toK; k += sums.length) {
      long x = (long) a.significands()[a.layout().index(i, k)] << productLeft;
      int exponent = a.exponents()[a.layout().index(i, k)];
      int at = b.layout().index(from, k);
      for (int j = 0; j < sum.length; j++) {
        int drop = most[j] - exponent - b.exponents()[at + j];
        sum[j] += AlignedSum.truncate(x * b.significands()[at + j], drop);
      }
    }
  }

  private long withAddend(int j) {
    int ep = largestProduct(j);
    long sum = sums[0][j];
    if (sums.length == 2) {
      sum =
          AlignedSum.floor(sum, ep - largest[0][j])
              + AlignedSum.floor(sums[1][j], ep - largest[1][j]);
    }
    int em = Math.max(ep, exponents[j]);
    int more = SUM_BITS - PRODUCT_BITS;
    long total = AlignedSum.floor(sum << more, em - ep) + (cutAddend(j, em) << more);
    rounder.round(total, em - SUM_BITS, significands, exponents, j);
    long code = rounder.code(significands[j], exponents[j]);
    return total < 0 && significands[j] == 0 ? 1L << 31 : code;
  }

  private long cutAddend(int j, int em) {
    boolean far = spec.lanes() == 2 && exponents[j] < em - TwoLevelDotSpec.FAR_ADDEND;
    int left = PRODUCT_BITS - rounder.fractionBits();
    return far ? 0 : AlignedSum.floor(significands[j] << left, em - exponents[j]);
  }
}
