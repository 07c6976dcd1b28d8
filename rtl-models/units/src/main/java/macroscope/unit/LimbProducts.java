package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.format.Value.Kind;
import macroscope.tensor.EncodedMatrix;

/**
 * Exact products of fixed-point integers in {@code long}: those of B cut into limbs narrow enough
 * that a product, summed {@link #BLOCK} times, stays below 2^62. One limb does for e4m3 and narrower,
 * two for e5m2, four for binary16.
 */
final class LimbProducts implements ExactProducts<LimbProducts.Operand> {

  private static final int BLOCK_LOG2 = 12;
  private static final int BLOCK = 1 << BLOCK_LOG2;
  private static final int LONG_BITS = 62;
  private static final int LEAST_LIMB = 8;

  private final FloatFormat a;
  private final FloatFormat b;
  private final int limbBits;
  private final int limbs;

  LimbProducts(FloatFormat a, FloatFormat b) {
    this.a = a;
    this.b = b;
    int bits = FixedPointRange.of(b).bits();
    this.limbBits = Math.min(bits, limbBits(a));
    this.limbs = (bits + limbBits - 1) / limbBits;
  }

  private static int limbBits(FloatFormat a) {
    return LONG_BITS - BLOCK_LOG2 - FixedPointRange.of(a).bits();
  }

  /** Whether the widths fit: limbs of 8 bits or more, elements of B in a long. */
  static boolean fits(FloatFormat a, FloatFormat b) {
    return limbBits(a) >= LEAST_LIMB && FixedPointRange.of(b).bits() <= LONG_BITS;
  }

  /** Fixed-point integers of one operand, as limbs, lowest first, each with the sign. */
  record Operand(CodeRows codes, Layout layout, long[][] limbs) {}

  @Override
  public Operand left(EncodedMatrix matrix) {
    Layout layout = Layout.rowMajor(matrix.rows(), matrix.columns());
    return operand(a, matrix, layout, 1, FixedPointRange.of(a).bits());
  }

  @Override
  public Operand right(EncodedMatrix matrix) {
    Layout layout = Layout.depthMajor(matrix.rows(), matrix.columns());
    return operand(b, matrix, layout, limbs, limbBits);
  }

  private static Operand operand(
      FloatFormat format, EncodedMatrix matrix, Layout layout, int limbs, int limbBits) {
    CodeRows codes = new CodeRows(format, matrix);
    long[][] planes = new long[limbs][layout.size()];
    for (int row = 0; row < layout.rows(); row++) {
      for (int k = 0; k < layout.depth(); k++) {
        long value = fixedPoint(format, codes.fields(), codes.code(row, k));
        for (int limb = 0; limb < limbs; limb++) {
          long part = Math.abs(value) >>> (limb * limbBits) & ((1L << limbBits) - 1);
          planes[limb][layout.index(row, k)] = value < 0 ? -part : part;
        }
      }
    }
    return new Operand(codes, layout, planes);
  }

  /** A finite code in units of the least number of its format; 0 for others. */
  static long fixedPoint(FloatFormat format, FloatFields fields, long code) {
    if (fields.kind(code) != Kind.FINITE || fields.zero(code)) {
      return 0;
    }
    return fields.significand(code) << (fields.exponent(code) - format.minExponent());
  }

  @Override
  public CodeRows codes(Operand operand) {
    return operand.codes;
  }

  @Override
  public Layout layout(Operand operand) {
    return operand.layout;
  }

  @Override
  public void addProducts(
      Operand a,
      int row,
      Operand b,
      int fromColumn,
      int columns,
      int fromK,
      int toK,
      ExactSums sums) {
    long[] partial = new long[columns];
    for (int k = fromK; k < toK; k += BLOCK) {
      for (int limb = 0; limb < limbs; limb++) {
        Arrays.fill(partial, 0);
        int stop = Math.min(k + BLOCK, toK);
        addBlock(a, row, b.limbs[limb], b.layout, fromColumn, k, stop, partial);
        for (int j = 0; j < columns; j++) {
          sums.add(j, partial[j], limb * limbBits);
        }
      }
    }
  }

  private static void addBlock(
      Operand a,
      int row,
      long[] b,
      Layout layout,
      int fromColumn,
      int fromK,
      int toK,
      long[] sums) {
    for (int k = fromK; k < toK; k++) {
      long x = a.limbs[0][a.layout.index(row, k)];
      if (x != 0) {
        add(x, b, layout.index(fromColumn, k), sums);
      }
    }
  }

  private static void add(long x, long[] b, int from, long[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x * b[from + j];
    }
  }
}
