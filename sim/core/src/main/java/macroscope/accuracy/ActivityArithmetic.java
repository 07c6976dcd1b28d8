package macroscope.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.onnx.Products.Integers;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.DotProductUnit;
import macroscope.unit.SwitchingActivity;

/**
 * Products on a datapath, bit for bit, that counts how its bits toggle on the real operands of each
 * linear layer, relative to random codes; operands that are not finite are passed over. To be run on one thread: what is counted is a sum over the
 * products in their order.
 */
public final class ActivityArithmetic implements Arithmetic {

  /**
   * What a layer's operands do to a unit.
   *
   * @param layer name of the node
   * @param macs multiply-accumulates of the layer that the activity stands for
   * @param relative toggles over those of random codes
   */
  public record Layer(String layer, long macs, Activity relative) {}

  private final Quantization quantization;
  private final Stationary stays;
  private final Arithmetic products;
  private final SwitchingActivity counter;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<Integer, Activity> randomCodes = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if there is no unit, or its operands have no words to count
   */
  public ActivityArithmetic(Quantization quantization, Stationary stays) {
    this.quantization = quantization;
    this.stays = stays;
    this.products = quantization.arithmetic();
    DotProductUnit<?> unit =
        quantization
            .unit()
            .orElseThrow(
                () -> new IllegalArgumentException("exact sums have no unit that toggles"));
    this.counter =
        new SwitchingActivity(
            unit, quantization.activations().element(), quantization.weights().element());
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    return linear(n + "x" + k, weights, n, k);
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    MatrixProduct product = products.linear(layer, weights, n, k);
    EncodedMatrix right =
        quantization.operands().weights(layer, quantization.weights(), weights, n, k);
    return (x, rows, rowsPerSample) -> {
      if (FiniteSamples.isFinite(x, 0, x.length)) {
        count(layer, x, rows, rowsPerSample, right);
      }
      return product.multiply(x, rows, rowsPerSample);
    };
  }

  @Override
  public IntegerProduct integers(String layer, Integers weight) {
    return products.integers(layer, weight);
  }

  private void count(String layer, double[] x, int rows, int rowsPerSample, EncodedMatrix right) {
    int k = right.columns();
    EncodedMatrix left =
        Samples.encoded(quantization.activations(), x, rows, k, rowsPerSample).get(0);
    Activity random = randomCodes.computeIfAbsent(depth(k), counter::ofRandomCodes);
    Activity relative = counter.of(left, right, stays).relativeTo(random);
    Layer counted = new Layer(layer, (long) rows * right.rows() * k, relative);
    layers.merge(layer, counted, ActivityArithmetic::both);
  }

  private static int depth(int k) {
    return Math.min(k, SwitchingActivity.DEPTH);
  }

  private static Layer both(Layer a, Layer b) {
    Activity mean = a.relative().mean(a.macs(), b.relative(), b.macs());
    return new Layer(a.layer(), a.macs() + b.macs(), mean);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return products.activations(a, m, b, n, k);
  }

  /** Counts until now, in the order of the network. */
  public List<Layer> layers() {
    return new ArrayList<>(layers.values());
  }

  /** The mean over all layers, each with its multiply-accumulates; empty before any was counted. */
  public Optional<Activity> mean() {
    return layers.values().stream().reduce(ActivityArithmetic::both).map(Layer::relative);
  }
}
