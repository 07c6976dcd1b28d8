package macroscope.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.LayerWalk;
import macroscope.accuracy.MatrixProduct;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;

/** What a network is calibrated for, and with what. */
public final class CalibrationRun {
  private static final TensorFormat FLOAT = TensorFormats.parse("fp32");

  private final Model model;
  private final Dataset data;
  private final Quantization quantization;
  private final NetworkStructure structure;
  private final int threads;

  /**
   * @param data inputs to learn from
   * @param quantization what the network is to be brought to
   * @param threads the results do not depend on it
   */
  public CalibrationRun(Model model, Dataset data, Quantization quantization, int threads) {
    this.model = model;
    this.data = data;
    this.quantization = quantization;
    this.structure = new NetworkStructure(model.graph());
    this.threads = threads;
  }

  Quantization quantization() {
    return quantization;
  }

  NetworkStructure structure() {
    return structure;
  }

  /** The format that a layer's weights are to be brought to. */
  TensorFormat weightFormat(String layer, LayerCalibration found) {
    return found.weightFormat().orElseGet(() -> quantization.of(layer).weights());
  }

  /** The format that a layer's inputs are to be brought to. */
  TensorFormat activationFormat(String layer, LayerCalibration found) {
    return found.activationFormat().orElseGet(() -> quantization.of(layer).activations());
  }

  /** Whether a layer's weights stay as they are. */
  boolean keepsWeights(String layer, LayerCalibration found) {
    return Quantization.isPlain(weightFormat(layer, found));
  }

  /** Whether a layer's inputs stay as they are. */
  boolean keepsInputs(String layer, LayerCalibration found) {
    return Quantization.isPlain(activationFormat(layer, found));
  }

  /** The weights' format, for a method that needs one. */
  void requireQuantizedWeights(String method) {
    if (layers().stream().allMatch(l -> keepsWeights(l, LayerCalibration.NONE))) {
      throw new IllegalArgumentException(method + " needs weights in a format, not fp32");
    }
  }

  void requireQuantizedActivations(String method) {
    if (layers().stream().allMatch(l -> keepsInputs(l, LayerCalibration.NONE))) {
      throw new IllegalArgumentException(method + " needs activations in a format, not fp32");
    }
  }

  /** Shows every layer of the float network, as the steps before leave its inputs. */
  void inFloat(Calibration before, Consumer<LayerData> visitor) {
    Arithmetic exact = floats().arithmetic();
    LayerWalk.run(
        model,
        data,
        exact,
        (layer, w, n, k, x) -> {
          visitor.accept(new LayerData(layer, w, n, k, x, before.of(layer)));
          return exact.linear(layer, w, n, k);
        },
        threads);
  }

  /** As {@link #inFloat}, layers that read one input together: each has its own weights. */
  void inFloatByInput(Calibration before, Consumer<List<LayerData>> visitor) {
    List<LayerData> open = new ArrayList<>();
    inFloat(
        before,
        layer -> {
          open.add(layer);
          List<String> names = open.stream().map(LayerData::name).toList();
          if (names.equals(structure.siblings(layer.name()))) {
            visitor.accept(List.copyOf(open));
            open.clear();
          }
        });
  }

  /**
   * Calibrates layer by layer, each on what the layers before it give with the weights that were
   * chosen for them and inputs as they are. Layers whose weights stay as they are are passed over.
   */
  Calibration throughWeights(Calibration before, Function<LayerData, LayerCalibration> calibrate) {
    return through(
        before,
        quantization.withActivations(FLOAT),
        true,
        layer ->
            keepsWeights(layer.name(), layer.before()) ? layer.before() : calibrate.apply(layer));
  }

  /** Calibrates layer by layer, each on what the layers before it give, fully quantized. */
  Calibration throughAll(Calibration before, Function<LayerData, LayerCalibration> calibrate) {
    return through(before, quantization, false, calibrate);
  }

  private Calibration through(
      Calibration before,
      Quantization forward,
      boolean inputsAreFloats,
      Function<LayerData, LayerCalibration> calibrate) {
    Quantization exact =
        forward.onExactSums().withAttention(forward.attention() && !inputsAreFloats);
    Calibration[] known = {before};
    LayerWalk.run(
        model,
        data,
        exact.arithmetic(),
        (layer, w, n, k, x) -> {
          LayerCalibration found =
              calibrate.apply(new LayerData(layer, w, n, k, x, known[0].of(layer)));
          known[0] = known[0].with(layer, found);
          LayerCalibration used =
              inputsAreFloats
                  ? found
                      .withRange(Optional.empty())
                      .withFormats(found.weightFormat(), Optional.empty())
                  : found;
          return product(exact, layer, used, w, n, k);
        },
        threads);
    return known[0];
  }

  private static MatrixProduct product(
      Quantization exact, String layer, LayerCalibration found, double[] w, int n, int k) {
    Calibration one = Calibration.NONE.with(layer, found);
    return one.around(one.on(exact).arithmetic()).linear(layer, w, n, k);
  }

  /** The product of a layer as the whole quantization computes it, on exact sums. */
  MatrixProduct quantized(LayerData layer, LayerCalibration found) {
    return product(
        quantization.onExactSums(),
        layer.name(),
        found,
        layer.networkWeights(),
        layer.n(),
        layer.k());
  }

  /** The product of a layer as the float network computes it. */
  MatrixProduct exact(LayerData layer) {
    return floats().arithmetic().linear(layer.name(), layer.networkWeights(), layer.n(), layer.k());
  }

  private static Quantization floats() {
    return new Quantization(FLOAT, FLOAT, Optional.empty(), false);
  }

  /** Names of the network's layers. */
  List<String> layers() {
    return structure.layers();
  }
}
