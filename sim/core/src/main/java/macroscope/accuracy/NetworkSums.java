package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import macroscope.onnx.Graph;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.WeightSums;

/** Collects what the quantized weights of a network tell of its sums; multiplies nothing. */
public final class NetworkSums implements Arithmetic {

  private final TensorFormat weights;
  private final List<WeightSums> layers = new ArrayList<>();

  private NetworkSums(TensorFormat weights) {
    this.weights = weights;
  }

  /**
   * The sums of all layers in order of execution.
   *
   * @param weights format of all weights
   * @throws IllegalArgumentException if its elements are neither integers nor floats
   */
  public static List<WeightSums> of(Graph graph, TensorFormat weights) {
    NetworkSums collected = new NetworkSums(weights);
    new ModelRunner(graph, collected);
    return List.copyOf(collected.layers);
  }

  @Override
  public MatrixProduct linear(double[] w, int n, int k) {
    layers.add(WeightSums.of(Quantizer.quantize(FittedFormat.of(weights, w, k), w, n, k)));
    return (x, rows, rowsPerSample) -> {
      throw new IllegalStateException("weights are counted, not multiplied");
    };
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    throw new IllegalStateException("weights are counted, activations are not multiplied");
  }
}
