package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.tensor.EncodedMatrix;

/**
 * Exact products of fixed-point integers in {@code int}, for formats of six bits and fewer: as many
 * products are summed in {@code int} as surely fit, then moved to {@code long}.
 */
final class NarrowProducts implements ExactProducts<NarrowProducts.Operand> {

  private static final int INT_BITS = 31;
  private static final int LEAST_TERMS_LOG2 = 6;

  private final FloatFormat a;
  private final FloatFormat b;
  private final int terms;

  NarrowProducts(FloatFormat a, FloatFormat b) {
    this.a = a;
    this.b = b;
    this.terms = 1 << (INT_BITS - productBits(a, b));
  }

  private static int productBits(FloatFormat a, FloatFormat b) {
    return FixedPointRange.of(a).bits() + FixedPointRange.of(b).bits();
  }

  /** Whether at least 64 products fit an int. */
  static boolean fits(FloatFormat a, FloatFormat b) {
    return productBits(a, b) <= INT_BITS - LEAST_TERMS_LOG2;
  }

  /** Fixed-point integers of one operand. */
  record Operand(CodeRows codes, IntegerPlanes planes) {}

  @Override
  public Operand left(EncodedMatrix matrix) {
    CodeRows codes = new CodeRows(a, matrix);
    return new Operand(codes, IntegerPlanes.left(matrix, x -> fixedPoint(a, codes, x)));
  }

  @Override
  public Operand right(EncodedMatrix matrix) {
    CodeRows codes = new CodeRows(b, matrix);
    return new Operand(codes, IntegerPlanes.right(matrix, x -> fixedPoint(b, codes, x)));
  }

  private static long fixedPoint(FloatFormat format, CodeRows codes, long code) {
    return LimbProducts.fixedPoint(format, codes.fields(), code);
  }

  @Override
  public CodeRows codes(Operand operand) {
    return operand.codes;
  }

  @Override
  public OperandShape shape(Operand operand) {
    return operand.planes.shape();
  }

  @Override
  public void addProducts(
      Operand a, int row, Operand b, int block, int fromK, int toK, ExactSums sums) {
    int[] partial = new int[shape(b).width(block)];
    for (int k = fromK; k < toK; ) {
      int stop = (int) Math.min(toK, (long) k + terms);
      Arrays.fill(partial, 0);
      IntegerPlanes.addProducts(a.planes, row, b.planes, block, k, stop, partial);
      for (int j = 0; j < partial.length; j++) {
        sums.add(j, partial[j], 0);
      }
      k = stop;
    }
  }
}
