package macroscope.sweep;

import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.MatrixProduct;
import macroscope.accuracy.ModelRunner;
import macroscope.accuracy.Qsnr;
import macroscope.accuracy.Quantization;
import macroscope.accuracy.Restoration;
import macroscope.format.RoundingMode;
import macroscope.onnx.Graph;
import macroscope.tensor.TensorFormat;

/** Collects the weights of a network and what quantization does to them; multiplies nothing. */
final class WeightNoise implements Arithmetic {

  private final Quantization quantization;
  private final Qsnr qsnr;

  private WeightNoise(Quantization quantization) {
    this.quantization = quantization;
    this.qsnr = new Qsnr(quantization.weights());
  }

  /** {@link Qsnr} over all weights of all linear layers, in decibels; infinite if there is no error. */
  static double decibels(Graph graph, Quantization quantization) {
    WeightNoise noise = new WeightNoise(quantization);
    new ModelRunner(graph, noise);
    return noise.qsnr.metric().value();
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    TensorFormat own = quantization.of(layer).weights();
    if (own.equals(quantization.weights())) {
      return linear(weights, n, k);
    }
    double[] left = Restoration.rounded(own, RoundingMode.TIES_TO_EVEN).of(weights, n, k);
    qsnr.add(weights, left, k);
    return none();
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    qsnr.add(weights, n, k, 1);
    return none();
  }

  private static MatrixProduct none() {
    return (x, rows, rowsPerSample) -> {
      throw new IllegalStateException("weights are counted, not multiplied");
    };
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    throw new IllegalStateException("weights are counted, activations are not multiplied");
  }
}
