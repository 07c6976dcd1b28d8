package macroscope.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkSums;
import macroscope.format.FloatFormat;
import macroscope.fpga.Accelerator;
import macroscope.fpga.Folding;
import macroscope.fpga.FoldingSearch;
import macroscope.fpga.FpgaDevice;
import macroscope.fpga.MacDatapath;
import macroscope.fpga.MatrixVectorUnit;
import macroscope.fpga.OutputStage;
import macroscope.fpga.RamStyle;
import macroscope.tensor.TensorFormat;
import macroscope.unit.AccumulatorRule;
import macroscope.unit.DspPacking;
import macroscope.unit.WeightSums;
import macroscope.workload.LinearLayer;
import macroscope.workload.LinearLayers;

/**
 * A network on a device as its YAML file has it: a matrix-vector unit for each layer.
 *
 * @param name as reports name it
 * @param description what it is for
 * @param model a built-in network, or a path to an ONNX file
 * @param weights scheme of the weights
 * @param activations scheme of the activations
 * @param device a shipped device or a path, unless the command line says
 * @param packing how products share DSP slices; all in logic if missing
 * @param accumulator what its width is derived from; the weights if missing
 * @param output what becomes of sums; thresholds of as many bits as an activation has if missing
 * @param ramStyle what memories are made of; auto if missing
 * @param folding PE and SIMD of each layer, in order
 * @param targetCycles cycles from one input to the next; without it and a folding, the fastest that
 *     fits
 * @param weightWordBits most bits of weights that a processing element takes a cycle where foldings
 *     are chosen; 36 if missing
 * @param place where the file's top is
 */
public record AcceleratorFile(
    String name,
    String description,
    Located<String> model,
    Located<String> weights,
    Located<String> activations,
    Located<String> device,
    Optional<DspPacking> packing,
    Optional<AccumulatorRule> accumulator,
    Optional<Output> output,
    Optional<RamStyle> ramStyle,
    Optional<List<Fold>> folding,
    Optional<Integer> targetCycles,
    Optional<Integer> weightWordBits,
    Place place) {

  /**
   * One of three: sums as they are, thresholds, or scales.
   *
   * @param thresholdBits bits of a code found by thresholds
   * @param scaleBits bits of a fixed-point scale
   */
  public record Output(
      Optional<Boolean> sums,
      Optional<Integer> thresholdBits,
      Optional<Integer> scaleBits,
      Place place) {
    private long given() {
      return Stream.of(sums.filter(on -> on), thresholdBits, scaleBits)
          .filter(Optional::isPresent)
          .count();
    }
  }

  /** Of one layer. */
  public record Fold(int pe, int simd, Place place) {}

  /** The file of a shipped name or of a path. */
  public static AcceleratorFile find(String nameOrPath) {
    return Yaml.read(shipped().resolve(nameOrPath), AcceleratorFile.class);
  }

  /** The accelerators that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("accelerators", "accelerator");
  }

  /**
   * The accelerator that this describes.
   *
   * @param otherDevice in place of its own
   * @param cycles in place of its folding or target
   */
  public Accelerator accelerator(Optional<String> otherDevice, Optional<Long> cycles) {
    FpgaDevice target =
        otherDevice
            .map(other -> DeviceFile.find(other).device())
            .orElseGet(() -> DeviceFile.find(device.value()).device());
    if (folding.isPresent() && targetCycles.isPresent()) {
      throw place.refuse("either folding or target_cycles is needed, or neither");
    }
    List<Accelerator.Layer> layers = layers();
    int wordBits = weightWordBits.orElse(FoldingSearch.USUAL_WORD_BITS);
    Accelerator all =
        place.checked(
            () ->
                new Accelerator(
                    target, ramStyle.orElse(RamStyle.AUTO), new FoldingSearch(wordBits), layers));
    if (cycles.isPresent()) {
      return all.within(cycles.get());
    }
    if (folding.isPresent()) {
      return all;
    }
    if (targetCycles.isPresent()) {
      return all.within(targetCycles.get());
    }
    return all.fastestThatFits()
        .orElseThrow(() -> place.refuse("not even one product at a time fits " + target.name()));
  }

  private List<Accelerator.Layer> layers() {
    Model network = model.place().checked(() -> Model.load(model.value()));
    TensorFormat w = format(weights);
    TensorFormat a = format(activations);
    List<LinearLayer> linear = LinearLayers.of(network.graph(), 1);
    AccumulatorRule rule = accumulator.orElse(AccumulatorRule.WEIGHTS);
    List<WeightSums> sums = weights.place().checked(() -> NetworkSums.of(network.graph(), w));
    List<Fold> folds = folds(linear.size());
    List<Accelerator.Layer> layers = new ArrayList<>();
    for (int i = 0; i < linear.size(); i++) {
      LinearLayer layer = linear.get(i);
      Fold fold = folds.get(i);
      WeightSums weightsOfLayer = sums.get(i);
      int bits = activations.place().checked(() -> rule.range(a.element(), weightsOfLayer)).bits();
      MatrixVectorUnit unit =
          fold.place()
              .checked(
                  () ->
                      new MatrixVectorUnit(
                          layer.gemm(),
                          a.element(),
                          w.element(),
                          bits,
                          datapath(),
                          output(a),
                          new Folding(fold.pe(), fold.simd())));
      place.checked(unit::inventory);
      layers.add(new Accelerator.Layer(layer.node(), unit));
    }
    return layers;
  }

  private List<Fold> folds(int layers) {
    if (folding.isEmpty()) {
      return Collections.nCopies(layers, new Fold(1, 1, place));
    }
    if (folding.get().size() != layers) {
      throw place.refuse(
          "folding must have an entry for each of " + layers + " layers: " + folding.get().size());
    }
    return folding.get();
  }

  private MacDatapath datapath() {
    return packing.<MacDatapath>map(MacDatapath.Packed::new).orElseGet(MacDatapath.Logic::new);
  }

  private OutputStage output(TensorFormat a) {
    int bits = a.element().bits();
    if (output.isEmpty()) {
      return new OutputStage.Thresholds(bits);
    }
    Output one = output.get();
    if (one.given() != 1) {
      throw one.place().refuse("one of sums, threshold_bits and scale_bits is needed");
    }
    boolean floats = a.element() instanceof FloatFormat;
    return one.place()
        .checked(
            () ->
                one.thresholdBits()
                    .<OutputStage>map(OutputStage.Thresholds::new)
                    .or(
                        () ->
                            one.scaleBits()
                                .map(scale -> new OutputStage.Requantization(scale, bits, floats)))
                    .orElseGet(OutputStage.Sums::new));
  }

  private static TensorFormat format(Located<String> scheme) {
    return scheme.place().checked(() -> FormatFile.catalogue().scheme(scheme.value()));
  }
}
