package macroscope.accuracy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import macroscope.format.RoundingMode;
import macroscope.tensor.ChannelOrder;
import macroscope.tensor.ChannelPlan;
import macroscope.tensor.Coding;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;

/**
 * What is learnt of the channels of each linear layer before a network runs quantized: their order and
 * which blocks of them have more bits. Learnt from the inputs of the layers in the float run, as COMET
 * does from a calibration set (arXiv 2410.12168, section 3.2).
 *
 * @param ofLayers by the names of their nodes; none for formats that learn nothing
 */
public record ChannelPlans(Map<String, ChannelPlan> ofLayers) implements LayerOperands {

  /** For formats that learn nothing. */
  public static final ChannelPlans NONE = new ChannelPlans(Map.of());

  /** Samples that channels are judged by, the first of their data. */
  static final int SAMPLES = 32;

  public ChannelPlans {
    ofLayers = Map.copyOf(ofLayers);
  }

  /**
   * The plans that a format of activations needs for a network, from the calibration data that come
   * with it, else from its own data.
   */
  static ChannelPlans of(TensorFormat activations, Model model, Dataset data) {
    if (!(activations.coding() instanceof Coding.MixedBlocks coding)) {
      return NONE;
    }
    Watcher watcher = new Watcher();
    Dataset source = BuiltIn.byName(model.name()).map(BuiltIn::calibrationData).orElse(data);
    Dataset first = new FirstSamples(source, Math.min(SAMPLES, source.size()));
    LayerProbe.run(model, first, watcher, Progress.NONE);
    Map<String, ChannelPlan> plans = new TreeMap<>();
    watcher.magnitudes.forEach((layer, m) -> plans.put(layer, ChannelPlan.of(coding, m)));
    return new ChannelPlans(plans);
  }

  private static final class Watcher implements LayerProbe.Watcher {
    private final Map<String, double[]> magnitudes = new TreeMap<>();

    @Override
    public void weights(String layer, double[] w, int n, int k) {
      // Plans are those of channels alone.
    }

    @Override
    public void inputs(String layer, double[] x, int rows, int k) {
      double[] largest = magnitudes.computeIfAbsent(layer, any -> new double[k]);
      double[] here = ChannelPlan.magnitudes(x, k);
      for (int channel = 0; channel < k; channel++) {
        largest[channel] = Math.max(largest[channel], here[channel]);
      }
    }
  }

  @Override
  public TensorFormat activations(String layer, TensorFormat format) {
    return Optional.ofNullable(ofLayers.get(layer)).map(format::withPlan).orElse(format);
  }

  /** Columns are in the order of the layer's channels. */
  @Override
  public EncodedMatrix weights(String layer, TensorFormat format, double[] w, int n, int k) {
    Optional<ChannelOrder> order =
        Optional.ofNullable(ofLayers.get(layer)).flatMap(ChannelPlan::order);
    TensorFormat fitted = FittedFormat.of(format, w, k);
    Quantizer quantizer = new Quantizer(fitted, RoundingMode.TIES_TO_EVEN);
    return order
        .map(o -> quantizer.quantizeIn(o, w, n, k))
        .orElseGet(() -> quantizer.quantize(w, n, k));
  }
}
