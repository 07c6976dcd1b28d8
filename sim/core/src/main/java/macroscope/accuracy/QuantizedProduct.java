package macroscope.accuracy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledGemm;
import macroscope.unit.UnitOperands;

/**
 * A matrix product of quantized operands: what the formats lose of it, and what units lose of what is
 * left. Units get the codes; scales, one for a row or the whole matrix, are multiplied in double
 * precision on both sides of a comparison and add no error to it.
 */
public final class QuantizedProduct {
  private final RealOperands real;
  private final EncodedMatrix a;
  private final EncodedMatrix b;
  private final double[] exact;

  /**
   * @throws IllegalArgumentException if a format has scales that change along K
   */
  public QuantizedProduct(RealOperands real, TensorFormat formatA, TensorFormat formatB) {
    requireScalesOfRows(formatA);
    requireScalesOfRows(formatB);
    this.real = real;
    this.a = Quantizer.quantize(formatA, real.a(), real.rows(), real.depth());
    this.b = Quantizer.quantize(formatB, real.b(), real.columns(), real.depth());
    this.exact =
        scaled(
            DenseProduct.multiply(
                plain(a, a.format().element()).decode(),
                real.rows(),
                plain(b, b.format().element()).decode(),
                real.columns(),
                real.depth()));
  }

  /** Refuses formats whose scales are not those of rows or of the whole matrix. */
  public static void requireScalesOfRows(TensorFormat format) {
    boolean rows =
        format.levels().stream()
            .allMatch(l -> l.extent() instanceof Extent.Row || l.extent() instanceof Extent.Tensor);
    if (!rows || format.hasZeroPoints()) {
      throw new IllegalArgumentException(
          "scales must be those of rows or of the whole matrix, without zero points: "
              + format.name());
    }
  }

  /** The error that quantizing the operands alone makes. */
  public GemmError formatError() {
    return GemmError.of(real.product(), exact, real.rows(), real.columns());
  }

  /**
   * The error of a unit against the exact product of the same codes (sums in double precision).
   *
   * @param promoteEvery products after which a sum leaves the unit and is added to one in binary32,
   *     rounded to nearest even; 0 if the unit's accumulator takes all of K
   * @throws IllegalArgumentException if the unit's operands cannot hold each number of the formats
   */
  public <P> GemmError errorOf(DotProductUnit<P> unit, int promoteEvery) {
    UnitOperands formats =
        UnitOperands.of(unit.spec())
            .orElseThrow(
                () -> new IllegalArgumentException("the unit multiplies no codes: " + unit.spec()));
    ScaledGemm<P> gemm = new ScaledGemm<>(unit);
    EncodedMatrix left = cut(plain(a, formats.a()), promoteEvery);
    EncodedMatrix right = plain(b, formats.b());
    double[] sums = gemm.multiply(gemm.prepareA(left), gemm.prepareB(right));
    return GemmError.of(exact, scaled(sums), real.rows(), real.columns());
  }

  private double[] scaled(double[] sums) {
    double[] scaled = new double[sums.length];
    for (int i = 0, at = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.rows(); j++, at++) {
        scaled[at] = sums[at] * (a.scale(i, 0) * b.scale(j, 0));
      }
    }
    return scaled;
  }

  /** The elements without scales, in a format that holds each of them. */
  private static EncodedMatrix plain(EncodedMatrix matrix, NumberFormat format) {
    NumberFormat own = matrix.format().element();
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    long[] codes =
        own.equals(format) || own.name().equals(format.name())
            ? matrix.codes()
            : Arrays.stream(matrix.codes()).map(code -> held(own, code, format)).toArray();
    return new EncodedMatrix(plain, matrix.rows(), matrix.columns(), codes, List.of());
  }

  private static long held(NumberFormat own, long code, NumberFormat format) {
    double value = own.decodeDouble(code);
    long other = format.encodeDouble(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    if (format.decodeDouble(other) != value) {
      throw new IllegalArgumentException(
          "the unit multiplies "
              + format.name()
              + ", which does not hold each number of "
              + own.name());
    }
    return other;
  }

  /** The matrix with a scale of 1 for every group of so many: {@link ScaledGemm} promotes there. */
  private static EncodedMatrix cut(EncodedMatrix matrix, int promoteEvery) {
    if (promoteEvery == 0) {
      return matrix;
    }
    Extent group = new Extent.Group(promoteEvery);
    ScaleLevel ones = new ScaleLevel(group, Optional.empty(), ScaleRule.ABSMAX);
    double[] scales = new double[group.count(matrix.rows(), matrix.columns())];
    Arrays.fill(scales, 1);
    NumberFormat element = matrix.format().element();
    TensorFormat cut = new TensorFormat(element.name(), element, List.of(ones));
    return new EncodedMatrix(cut, matrix.rows(), matrix.columns(), matrix.codes(), List.of(scales));
  }
}
