package macroscope.accuracy;

import macroscope.tensor.TensorFormat;

/**
 * Products of decoded operands summed in double precision: what formats lose, without the loss of a
 * datapath.
 */
final class ExactArithmetic implements Arithmetic {
  private final TensorFormat weights;
  private final TensorFormat activations;
  private final boolean attention;
  private final LayerOperands operands;

  ExactArithmetic(Quantization quantization) {
    this.weights = quantization.weights();
    this.activations = quantization.activations();
    this.attention = quantization.attention();
    this.operands = quantization.operands();
  }

  @Override
  public MatrixProduct linear(double[] w, int n, int k) {
    return linear("", w, n, k);
  }

  @Override
  public MatrixProduct linear(String layer, double[] w, int n, int k) {
    double[] right =
        Quantization.isPlain(weights) ? w : operands.weights(layer, weights, w, n, k).decode();
    return by(operands.activations(layer, activations), right, n, k);
  }

  private MatrixProduct by(TensorFormat inputs, double[] right, int n, int k) {
    MatrixProduct product =
        (x, rows, rowsPerSample) -> {
          double[] left = Samples.decoded(inputs, x, rows, k, rowsPerSample);
          return DenseProduct.multiply(left, rows, right, n, k);
        };
    return new FiniteSamples(product, n, k);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    if (!attention) {
      return DenseProduct.multiply(a, m, b, n, k);
    }
    if (!FiniteSamples.isFinite(b, 0, b.length)) {
      return FiniteSamples.nothing(m, n);
    }
    return by(activations, Samples.decoded(activations, b, n, k, n), n, k).multiply(a, m, m);
  }
}
