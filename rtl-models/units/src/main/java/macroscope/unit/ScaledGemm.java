package macroscope.unit;

import java.util.TreeSet;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.unit.ScaleSupport.Share;

/**
 * A whole matrix product of real values through a unit: operands with scales in, real results out.
 *
 * <p>Scales of groups that a unit applies itself ({@link ScaleSupport}) are not seen here; scales of
 * rows and of the whole matrix are applied to its result, as below, unless it applies those too. All
 * others belong to the epilogue, as in GPU kernels: K is cut where such a scale of either operand
 * changes; each cut runs through the unit from a zero accumulator and its result p is promoted in
 * binary32, in the order of DeepSeek's DeepGEMM (scales multiplied first, then one fused
 * multiply-add):
 *
 * <pre>
 *   s = fl32(fl32(scale_a) * fl32(scale_b));   r = fma32(fl32(p), s, r), r = +0 at first
 * </pre>
 *
 * where {@code scale} is the product of an operand's levels. With one cut r is {@code fl32(p * s)}; a
 * cut without scales multiplies by 1, exactly. NaN and infinities pass.
 *
 * @param <P> the unit's operand form
 */
public final class ScaledGemm<P> {

  private final DotProductUnit<P> unit;

  public ScaledGemm(DotProductUnit<P> unit) {
    this.unit = unit;
  }

  /** The unit that multiplies. */
  public DotProductUnit<P> unit() {
    return unit;
  }

  /** An operand with its scales, prepared once and used for many products. */
  public static final class Operand<P> {
    final P prepared;
    final EncodedMatrix source;

    Operand(P prepared, EncodedMatrix source) {
      this.prepared = prepared;
      this.source = source;
    }

    public int rows() {
      return source.rows();
    }
  }

  public Operand<P> prepareA(EncodedMatrix a) {
    requireNoZeroPoints(a);
    return new Operand<>(unit.prepareA(a), a);
  }

  public Operand<P> prepareB(EncodedMatrix b) {
    requireNoZeroPoints(b);
    return new Operand<>(unit.prepareB(b), b);
  }

  private void requireNoZeroPoints(EncodedMatrix matrix) {
    if (matrix.format().hasZeroPoints() && !unit.readsZeroPoints()) {
      throw new IllegalArgumentException(
          "the unit multiplies codes and knows no zero points: " + matrix.format().name());
    }
  }

  /**
   * {@code A * B^T}, M x N row-major, as FP32 numbers widened to double.
   *
   * @throws IllegalArgumentException if the operands differ in K or in the order of its columns
   */
  public double[] multiply(Operand<P> a, Operand<P> b) {
    int depth = a.source.columns();
    if (b.source.columns() != depth) {
      throw new IllegalArgumentException("K of b must be " + depth + ": " + b.source.columns());
    }
    if (!a.source.order().equals(b.source.order())) {
      throw new IllegalArgumentException(
          "both operands must have their columns in one order: "
              + a.source.format().name()
              + ", "
              + b.source.format().name());
    }
    float[] result = new float[Math.multiplyExact(a.rows(), b.rows())];
    int from = 0;
    for (int to : cuts(a.source, b.source)) {
      promote(a, b, from, to, result);
      from = to;
    }
    double[] widened = new double[result.length];
    for (int i = 0; i < result.length; i++) {
      widened[i] = IeeeArithmetic.exact64(result[i]);
    }
    return widened;
  }

  /** One past the last k of every cut. */
  private TreeSet<Integer> cuts(EncodedMatrix a, EncodedMatrix b) {
    int depth = a.columns();
    TreeSet<Integer> ends = new TreeSet<>();
    ends.add(depth);
    if (unit.scaleSupport().left() == Share.NOTHING) {
      addCuts(a, ends, depth);
    }
    if (unit.scaleSupport().right() == Share.NOTHING) {
      addCuts(b, ends, depth);
    }
    return ends;
  }

  private static void addCuts(EncodedMatrix matrix, TreeSet<Integer> ends, int depth) {
    for (ScaleLevel level : matrix.format().levels()) {
      int run = level.extent().run(depth);
      for (int k = run; k < depth; k += run) {
        ends.add(k);
      }
    }
  }

  private void promote(Operand<P> a, Operand<P> b, int fromK, int toK, float[] result) {
    NumberFormat format = unit.accumulatorFormat();
    Accumulators sums = Accumulators.zeros(format, a.rows(), b.rows());
    unit.gemm(a.prepared, b.prepared, fromK, toK, sums);
    float[] scalesA = scales(a.source, unit.scaleSupport().left(), fromK);
    float[] scalesB = scales(b.source, unit.scaleSupport().right(), fromK);
    for (int i = 0, at = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.rows(); j++, at++) {
        float scale = IeeeArithmetic.multiply32(scalesA[i], scalesB[j]);
        float partial = rounded(format, sums.codes()[at]);
        result[at] = IeeeArithmetic.fma32(partial, scale, result[at]);
      }
    }
  }

  /** The scale of every row at k, or 1 where the unit has applied it. */
  private static float[] scales(EncodedMatrix matrix, Share applied, int k) {
    float[] scales = new float[matrix.rows()];
    for (int row = 0; row < scales.length; row++) {
      scales[row] =
          switch (applied) {
            case NOTHING -> IeeeArithmetic.round32(matrix.scale(row, k));
            case GROUPS -> IeeeArithmetic.round32(outerScale(matrix, row));
            case ALL -> 1;
          };
    }
    return scales;
  }

  /** The product of the scales of a row and of the whole matrix. */
  private static double outerScale(EncodedMatrix matrix, int row) {
    double product = IeeeArithmetic.powerOfTwo(0);
    for (int level = 0; level < matrix.format().levels().size(); level++) {
      Extent extent = matrix.format().levels().get(level).extent();
      if (extent instanceof Extent.Tensor || extent instanceof Extent.Row) {
        double scale = matrix.scales(level)[extent.index(row, 0, matrix.columns())];
        product = IeeeArithmetic.multiply64(product, scale);
      }
    }
    return product;
  }

  private static float rounded(NumberFormat format, long code) {
    if (format instanceof IntegerFormat integers) {
      float integer = IeeeArithmetic.round32(integers.integer(code));
      return IeeeArithmetic.scale32(integer, -integers.fractionBits());
    }
    return IeeeArithmetic.round32(format.decodeDouble(code));
  }
}
