package macroscope.accuracy;

import java.util.Arrays;
import macroscope.elementwise.Requantizer;
import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * Products on an integer datapath whose sums are requantized: no real number between the operands' integers
 * and the results'. The scale of the results of a sample brings the largest of them to the largest
 * integer, as if calibration knew it; a dyadic number for each output channel stands for (scale of the
 * activations * scale of the channel) / scale of the results.
 */
public final class RequantizingArithmetic implements Arithmetic {

  private final Quantization quantization;
  private final Requantization requantization;
  private final DotProductUnit<?> unit;

  /**
   * @throws IllegalArgumentException if sums are no integers of at most 32 bits, or scales are not one for
   *     the activations and one a row of the weights or for all of them
   */
  public RequantizingArithmetic(Quantization quantization, Requantization requantization) {
    this.quantization = quantization;
    this.requantization = requantization;
    this.unit =
        quantization
            .unit()
            .orElseThrow(
                () -> new IllegalArgumentException("needs a unit whose sums are integers"));
    integers(unit);
    requireScales("activations", quantization.activations(), false);
    requireScales("weights", quantization.weights(), true);
  }

  private static IntegerFormat integers(DotProductUnit<?> unit) {
    if (unit.accumulatorFormat() instanceof IntegerFormat sums && sums.bits() <= 32) {
      return sums;
    }
    throw new IllegalArgumentException(
        "needs a unit whose sums are integers of at most 32 bits: "
            + unit.accumulatorFormat().name());
  }

  private static void requireScales(String operand, TensorFormat format, boolean rows) {
    boolean fits =
        !format.levels().isEmpty()
            && !format.hasZeroPoints()
            && format.levels().stream()
                .allMatch(
                    level ->
                        level.extent() instanceof Extent.Tensor
                            || rows && level.extent() instanceof Extent.Row);
    if (!fits) {
      throw new IllegalArgumentException(
          operand
              + " must have one scale"
              + (rows ? " a channel or " : " ")
              + "for the tensor, without zero points: "
              + format.name());
    }
  }

  @Override
  public MatrixProduct linear(double[] w, int n, int k) {
    return linear("", w, n, k);
  }

  @Override
  public MatrixProduct linear(String layer, double[] w, int n, int k) {
    return by(unit, quantization.operands().weights(layer, quantization.weights(), w, n, k));
  }

  private <P> MatrixProduct by(DotProductUnit<P> on, EncodedMatrix b) {
    P right = on.prepareB(b);
    MatrixProduct product =
        (x, rows, rowsPerSample) -> {
          double[] result = new double[rows * b.rows()];
          int at = 0;
          for (EncodedMatrix a :
              Samples.encoded(quantization.activations(), x, rows, b.columns(), rowsPerSample)) {
            at += requantize(sums(on, a, right, b), a, b, result, at);
          }
          return result;
        };
    return new FiniteSamples(product, b.rows(), b.columns());
  }

  private static <P> long[] sums(DotProductUnit<P> on, EncodedMatrix a, P right, EncodedMatrix b) {
    Accumulators sums = Accumulators.zeros(on.accumulatorFormat(), a.rows(), b.rows());
    on.gemm(on.prepareA(a), right, 0, a.columns(), sums);
    IntegerFormat format = integers(on);
    return Arrays.stream(sums.codes()).map(format::integer).toArray();
  }

  /** Writes the results of a sample, as numbers, from {@code at} on; returns how many. */
  private int requantize(long[] sums, EncodedMatrix a, EncodedMatrix b, double[] result, int at) {
    double[] scales = new double[b.rows()];
    Arrays.setAll(scales, n -> a.scale(0, 0) * b.scale(n, 0));
    double largest = 0;
    for (int i = 0; i < sums.length; i++) {
      largest = Math.max(largest, Math.abs(sums[i] * scales[i % scales.length]));
    }
    double unitOfResults = largest / requantization.output().most();
    for (int n = 0; n < scales.length && largest > 0; n++) {
      Requantizer channel = requantization.requantizer(scales[n] / unitOfResults);
      for (int i = n; i < sums.length; i += scales.length) {
        result[at + i] = channel.requantize(sums[i]) * unitOfResults;
      }
    }
    return sums.length;
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    if (!quantization.attention()) {
      return DenseProduct.multiply(a, m, b, n, k);
    }
    if (!FiniteSamples.isFinite(b, 0, b.length)) {
      return FiniteSamples.nothing(m, n);
    }
    EncodedMatrix right = Quantizer.quantize(quantization.activations(), b, n, k);
    return by(unit.ofActivations(), right).multiply(a, m, m);
  }
}
