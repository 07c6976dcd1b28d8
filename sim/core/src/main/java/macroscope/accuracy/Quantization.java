package macroscope.accuracy;

import java.util.Locale;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.tensor.Coding;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;

/**
 * How a network is computed: what its matrices are stored as and what multiplies them.
 *
 * @param weights format of the weights of all linear layers, the first and the last included
 * @param activations format of their inputs; a scale per tensor spans one sample
 * @param unit the datapath; empty for exact: double accumulation of the decoded operands, which
 *     shows the error of the formats alone
 * @param attention whether products of two activations are computed so too, both operands in the
 *     format of the activations, else in double precision
 * @param softmax how softmax is computed
 * @param results formats of results besides those of products
 * @param operands what is known of each layer's operands; see {@link #calibrated}
 * @param overrides what single layers have of their own
 */
public record Quantization(
    TensorFormat weights,
    TensorFormat activations,
    Optional<DotProductUnit<?>> unit,
    boolean attention,
    AttentionSoftmax softmax,
    ResultFormats results,
    LayerOperands operands,
    LayerOverrides overrides) {

  public Quantization {
    if (attention && activations.coding() instanceof Coding.MixedBlocks) {
      throw new IllegalArgumentException(
          "blocks of two widths are for inputs of linear layers, not for attention: "
              + activations.name());
    }
  }

  /** What charts of layers say below their titles: both formats and the data that they saw. */
  public String title(int samples, String data) {
    return String.format(
        Locale.ROOT,
        "weights %s, activations %s, %d samples of %s",
        weights.name(),
        activations.name(),
        samples,
        data);
  }

  /** With nothing learnt of layers. */
  public Quantization(
      TensorFormat weights,
      TensorFormat activations,
      Optional<DotProductUnit<?>> unit,
      boolean attention,
      AttentionSoftmax softmax) {
    this(
        weights,
        activations,
        unit,
        attention,
        softmax,
        ResultFormats.NONE,
        ChannelPlans.NONE,
        LayerOverrides.NONE);
  }

  /** With softmax in double precision. */
  public Quantization(
      TensorFormat weights,
      TensorFormat activations,
      Optional<DotProductUnit<?>> unit,
      boolean attention) {
    this(weights, activations, unit, attention, AttentionSoftmax.REAL);
  }

  /**
   * With what the format of the activations learns of each layer from the first {@value
   * ChannelPlans#SAMPLES} samples of the calibration data that come with a network, or of {@code data}
   * if none do.
   */
  public Quantization calibrated(Model model, Dataset data) {
    return activations.coding() instanceof Coding.MixedBlocks
        ? with(ChannelPlans.of(activations, model, data))
        : this;
  }

  /** With what is known of each layer's operands. */
  public Quantization with(LayerOperands known) {
    return new Quantization(
        weights, activations, unit, attention, softmax, results, known, overrides);
  }

  /** With formats of results besides those of products. */
  public Quantization withResults(ResultFormats formats) {
    return new Quantization(
        weights, activations, unit, attention, softmax, formats, operands, overrides);
  }

  /** With layers that have something of their own. */
  public Quantization withOverrides(LayerOverrides own) {
    return new Quantization(weights, activations, unit, attention, softmax, results, operands, own);
  }

  /** With another format of the activations of all layers. */
  public Quantization withActivations(TensorFormat format) {
    return new Quantization(
        weights,
        format,
        unit,
        attention,
        softmax,
        results,
        operands,
        overrides.withActivations(format));
  }

  /** The same formats on exact sums. */
  public Quantization onExactSums() {
    return new Quantization(
        weights,
        activations,
        Optional.empty(),
        attention,
        softmax,
        results,
        operands,
        overrides.onExactSums());
  }

  /** With or without products of two activations. */
  public Quantization withAttention(boolean too) {
    return new Quantization(weights, activations, unit, too, softmax, results, operands, overrides);
  }

  /** How one layer is computed. */
  public Quantization of(String layer) {
    return overrides.of(
        layer,
        new Quantization(
            weights,
            activations,
            unit,
            attention,
            softmax,
            results,
            operands,
            LayerOverrides.NONE));
  }

  /** Whether nothing is computed in another way than the float network is. */
  public boolean isFloat() {
    return isPlain(weights)
        && isPlain(activations)
        && unit.isEmpty()
        && softmax == AttentionSoftmax.REAL
        && results.isEmpty()
        && overrides.isEmpty();
  }

  /**
   * Whether a format is binary32 without scales. An exact datapath leaves such a side as it is; a
   * unit of hardware gets binary32 numbers.
   */
  public static boolean isPlain(TensorFormat format) {
    return format.levels().isEmpty()
        && format.element() instanceof FloatFormat element
        && element.bits() == 32
        && element.fractionBits() == 23;
  }

  /** The arithmetic that this asks for. */
  public Arithmetic arithmetic() {
    return arithmetic(overrides.isEmpty() ? products() : new LayeredArithmetic(this));
  }

  /** The products that this asks for, all alike. */
  Arithmetic products() {
    return unit.<Arithmetic>map(this::on).orElseGet(() -> new ExactArithmetic(this));
  }

  /** The arithmetic that this asks for, with these products. */
  public Arithmetic arithmetic(Arithmetic products) {
    return softmax == AttentionSoftmax.REAL && results.isEmpty()
        ? products
        : new OperatorArithmetic(products, softmax, results);
  }

  private <P> Arithmetic on(DotProductUnit<P> datapath) {
    return new UnitArithmetic<>(datapath, this);
  }
}
