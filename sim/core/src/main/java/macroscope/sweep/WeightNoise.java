package macroscope.sweep;

import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.MatrixProduct;
import macroscope.accuracy.ModelRunner;
import macroscope.accuracy.Qsnr;
import macroscope.onnx.Graph;
import macroscope.tensor.TensorFormat;

/** Collects the weights of a network and what quantization does to them; multiplies nothing. */
final class WeightNoise implements Arithmetic {

  private final Qsnr qsnr;

  private WeightNoise(TensorFormat format) {
    this.qsnr = new Qsnr(format);
  }

  /** {@link Qsnr} over all weights of all linear layers, in decibels; infinite if there is no error. */
  static double decibels(Graph graph, TensorFormat format) {
    WeightNoise noise = new WeightNoise(format);
    new ModelRunner(graph, noise);
    return noise.qsnr.metric().value();
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    qsnr.add(weights, n, k, 1);
    return (x, rows, rowsPerSample) -> {
      throw new IllegalStateException("weights are counted, not multiplied");
    };
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    throw new IllegalStateException("weights are counted, activations are not multiplied");
  }
}
