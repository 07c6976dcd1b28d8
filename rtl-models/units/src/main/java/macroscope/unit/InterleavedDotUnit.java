package macroscope.unit;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/**
 * FP8 products on binary16 tensor cores, as ptxas expands {@code mma.sync} on sm_90 and sm_100:
 *
 * <ol>
 *   <li>Operands become binary16, exactly. A subnormal may become a normal number, so that its
 *       exponent in the alignment drops.
 *   <li>h1 = fused dot product over the k with k mod 4 in {0, 1}, from +0, rounded.
 *   <li>h2 = fused dot product over the k with k mod 4 in {2, 3}, from h1, rounded.
 *   <li>d = c + h2, one IEEE addition rounded to nearest even.
 * </ol>
 *
 * The order was read from compiled code and equals published FP8 outputs of H100, H200 and B200
 * (MATLAB-tensor-core b12b5a70). A NaN sum has all bits set behind a sign of 0.
 */
public final class InterleavedDotUnit implements DotProductUnit<InterleavedDotUnit.Halves> {

  /** K is cut in pieces of this many, whose halves go to different dot products. */
  private static final int STRIDE = 4;

  private final InterleavedDotSpec spec;
  private final FusedDotUnit dot;

  public InterleavedDotUnit(InterleavedDotSpec spec) {
    this.spec = spec;
    FusedDotSpec whole = spec.dot();
    this.dot =
        new FusedDotUnit(
            new FusedDotSpec(
                whole.name(),
                whole.a(),
                whole.b(),
                whole.accumulator(),
                whole.groupLength(),
                whole.groupLength(),
                whole.keptFractionBits(),
                whole.finalRounding(),
                whole.outputFractionBits()));
  }

  /**
   * An operand in binary16, split by k mod 4.
   *
   * @param first elements with k mod 4 in {0, 1}, k ascending
   * @param second those with k mod 4 in {2, 3}
   * @param rows rows of the operand
   * @param depth its K
   */
  public record Halves(SignificandPlanes first, SignificandPlanes second, int rows, int depth) {
    OperandShape shape() {
      return new OperandShape(rows, depth);
    }
  }

  @Override
  public InterleavedDotSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.accumulator();
  }

  @Override
  public Halves prepareA(EncodedMatrix a) {
    CodeRows codes = new CodeRows(spec.a(), a);
    return new Halves(
        dot.prepareA(half(codes, spec.a(), 0)),
        dot.prepareA(half(codes, spec.a(), STRIDE / 2)),
        a.rows(),
        a.columns());
  }

  @Override
  public Halves prepareB(EncodedMatrix b) {
    CodeRows codes = new CodeRows(spec.b(), b);
    return new Halves(
        dot.prepareB(half(codes, spec.b(), 0)),
        dot.prepareB(half(codes, spec.b(), STRIDE / 2)),
        b.rows(),
        b.columns());
  }

  /** Elements k of which k mod 4 is {@code phase} or one more; zeros behind the end. */
  private static EncodedMatrix half(CodeRows codes, FloatFormat format, int phase) {
    int depth = codes.shape().depth();
    int columns = halfDepth(depth);
    long[] half = new long[Math.multiplyExact(codes.shape().rows(), columns)];
    for (int row = 0, at = 0; row < codes.shape().rows(); row++) {
      for (int column = 0; column < columns; column++, at++) {
        int k = column / 2 * STRIDE + phase + column % 2;
        half[at] = k < depth ? binary16(format, codes.code(row, k)) : 0;
      }
    }
    TensorFormat binary16 = new TensorFormat("binary16", Formats.BINARY16, List.of());
    return new EncodedMatrix(binary16, codes.shape().rows(), columns, half, List.of());
  }

  /** Binary16 holds every number of the format, so that nothing is rounded. */
  private static long binary16(FloatFormat format, long code) {
    return Formats.BINARY16.encode(format.decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  /** Elements of a half of {@code depth} products, the last piece of four filled up. */
  private static int halfDepth(int depth) {
    return (depth + STRIDE - 1) / STRIDE * (STRIDE / 2);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a pass would begin or end within a piece of four k
   */
  @Override
  public void gemm(Halves a, Halves b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.shape(), b.shape(), fromK, toK);
    if (fromK % STRIDE != 0 || (toK % STRIDE != 0 && toK != a.depth())) {
      throw new IllegalArgumentException(
          "passes must begin and end at multiples of 4 in K: " + fromK + ".." + toK);
    }
    for (int k = fromK; k < toK; k += spec.length()) {
      int from = halfDepth(k);
      int to = halfDepth(Math.min(k + spec.length(), toK));
      Accumulators sum = Accumulators.zeros(accumulatorFormat(), c.rows(), c.columns());
      dot.gemm(a.first, b.first, from, to, sum);
      dot.gemm(a.second, b.second, from, to, sum);
      addTo(c, sum);
    }
  }

  private void addTo(Accumulators c, Accumulators sum) {
    boolean binary16 = spec.accumulator().equals(Formats.BINARY16);
    for (int at = 0; at < c.codes().length; at++) {
      long x = c.codes()[at];
      long y = sum.codes()[at];
      c.codes()[at] = binary16 ? IeeeArithmetic.addCodes16(x, y) : IeeeArithmetic.addCodes32(x, y);
    }
  }

  @Override
  public Pipeline pipeline() {
    return InterleavedDotHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return InterleavedDotHardware.inventory(spec);
  }
}
