package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.format.Value.Kind;
import macroscope.tensor.EncodedMatrix;

/**
 * Exact products of fixed-point integers in {@code long}: those of B cut into limbs narrow enough
 * that a product, summed {@link #TERMS} times, stays below 2^62. One limb does for e4m3 and narrower,
 * two for e5m2, four for binary16.
 */
final class LimbProducts implements ExactProducts<LimbProducts.Operand> {

  private static final int TERMS_LOG2 = 12;
  private static final int TERMS = 1 << TERMS_LOG2;
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
    return LONG_BITS - TERMS_LOG2 - FixedPointRange.of(a).bits();
  }

  /** Whether the widths fit: limbs of 8 bits or more, elements of B in a long. */
  static boolean fits(FloatFormat a, FloatFormat b) {
    return limbBits(a) >= LEAST_LIMB && FixedPointRange.of(b).bits() <= LONG_BITS;
  }

  /** Fixed-point integers of one operand: arrays of limbs, lowest limb first, each with the sign. */
  record Operand(CodeRows codes, OperandShape shape, long[][][] limbs) {}

  @Override
  public Operand left(EncodedMatrix matrix) {
    CodeRows codes = new CodeRows(a, matrix);
    long[][] rows = new long[matrix.rows()][matrix.columns()];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k++) {
        rows[row][k] = fixedPoint(a, codes.fields(), codes.code(row, k));
      }
    }
    return new Operand(codes, codes.shape(), new long[][][] {rows});
  }

  @Override
  public Operand right(EncodedMatrix matrix) {
    CodeRows codes = new CodeRows(b, matrix);
    OperandShape shape = codes.shape();
    long[][][] arrays = new long[limbs][shape.arrays()][];
    for (int block = 0; block < shape.blocks(); block++) {
      for (int k = 0; k < shape.depth(); k++) {
        for (int limb = 0; limb < limbs; limb++) {
          arrays[limb][shape.array(block, k)] = columns(codes, shape, block, k, limb);
        }
      }
    }
    return new Operand(codes, shape, arrays);
  }

  private long[] columns(CodeRows codes, OperandShape shape, int block, int k, int limb) {
    long[] columns = new long[shape.width(block)];
    for (int j = 0; j < columns.length; j++) {
      long value = fixedPoint(b, codes.fields(), codes.code(shape.from(block) + j, k));
      long part = Math.abs(value) >>> (limb * limbBits) & ((1L << limbBits) - 1);
      columns[j] = value < 0 ? -part : part;
    }
    return columns;
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
  public OperandShape shape(Operand operand) {
    return operand.shape;
  }

  @Override
  public void addProducts(
      Operand a, int row, Operand b, int block, int fromK, int toK, ExactSums sums) {
    long[] partial = new long[b.shape.width(block)];
    for (int k = fromK; k < toK; k += TERMS) {
      for (int limb = 0; limb < limbs; limb++) {
        Arrays.fill(partial, 0);
        int at = b.shape.array(block, 0);
        addRun(a.limbs[0][row], b.limbs[limb], at, k, Math.min(k + TERMS, toK), partial);
        for (int j = 0; j < partial.length; j++) {
          sums.add(j, partial[j], limb * limbBits);
        }
      }
    }
  }

  private static void addRun(long[] x, long[][] y, int at, int fromK, int toK, long[] sums) {
    int k = fromK;
    for (; k + 2 <= toK; k += 2) {
      if ((x[k] | x[k + 1]) != 0) {
        add(x[k], x[k + 1], y[at + k], y[at + k + 1], sums);
      }
    }
    if (k < toK) {
      add(x[k], 0, y[at + k], y[at + k], sums);
    }
  }

  /** Two steps of K at once, which halves the traffic of {@code sums}. */
  private static void add(long x0, long x1, long[] y0, long[] y1, long[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x0 * y0[j] + x1 * y1[j];
    }
  }
}
