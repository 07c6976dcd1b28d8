package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import macroscope.onnx.LinearNodes;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

/** Networks whose activations are blocks of two widths (COMET). */
class ChannelPlansTest {

  private static final TensorFormat WEIGHTS = TensorFormats.parse("int4:channel");
  private static final Model MLP = BuiltIn.MNIST_MLP.model();
  private static final Dataset IMAGES = BuiltIn.MNIST_MLP.evaluationData().first(40);
  private static final NetworkEvaluator EVALUATOR =
      new NetworkEvaluator(Baseline.of(MLP, IMAGES, 1));

  private static double kl(String activations, Optional<DotProductUnit<?>> unit) {
    return EVALUATOR
        .evaluate(WEIGHTS, TensorFormats.parse(activations), unit, 1)
        .metric("kl_bits_to_fp32")
        .orElseThrow()
        .value();
  }

  private static ChannelPlans plans(String activations) {
    return ChannelPlans.of(TensorFormats.parse(activations), MLP, IMAGES);
  }

  @Test
  void everyLayerHasAPlan() {
    assertThat(plans("fmpq64:1of4:sorted").ofLayers())
        .hasSize(layers())
        .allSatisfy((layer, plan) -> assertThat(plan.order()).isPresent());
  }

  @Test
  void otherFormatsLearnNothing() {
    assertThat(plans("int8:token")).isEqualTo(ChannelPlans.NONE);
  }

  /** Sums of blocks are exact, so that a unit adds the roundings of the epilogue alone. */
  @Test
  void aUnitAgreesWithTheExactDatapathToBinary32() {
    DotProductUnit<?> unit =
        Units.create(
            Units.named(
                    "integer_mac:a=int8,b=int4,length=16,accumulator_bits=32+mixed:block=64,high=1of4")
                .orElseThrow());
    double exact = kl("fmpq64:1of4:sorted", Optional.empty());
    assertThat(kl("fmpq64:1of4:sorted", Optional.of(unit))).isCloseTo(exact, within(1e-4 * exact));
  }

  private static double klOfActivations(String activations) {
    TensorFormat real = TensorFormats.parse("fp32");
    return EVALUATOR
        .evaluate(real, TensorFormats.parse(activations), Optional.empty(), 1)
        .metric("kl_bits_to_fp32")
        .orElseThrow()
        .value();
  }

  @Test
  void moreBlocksOfEightBitsLoseLess() {
    double none = klOfActivations("fmpq64:0of4");
    double half = klOfActivations("fmpq64:1of2:sorted");
    assertThat(half).isLessThan(none).isGreaterThan(klOfActivations("fmpq64:1of1"));
  }

  @Test
  void blocksOfEightBitsAloneAreGroupsOfIntegers() {
    assertThat(kl("fmpq64:1of1", Optional.empty())).isEqualTo(kl("int8:group64", Optional.empty()));
    assertThat(kl("fmpq64:0of1", Optional.empty())).isEqualTo(kl("int4:group64", Optional.empty()));
  }

  @Test
  void aSampleDoesNotDependOnItsBatch() {
    Quantization quantization =
        new Quantization(
                WEIGHTS, TensorFormats.parse("fmpq64:1of4:tensor"), Optional.empty(), false)
            .calibrated(MLP, IMAGES);
    assertThat(logits(quantization, IMAGES.first(3))[2]).isEqualTo(logits(quantization, IMAGES)[2]);
  }

  private static double[][] logits(Quantization quantization, Dataset data) {
    ModelRunner runner = new ModelRunner(MLP.graph(), quantization.arithmetic());
    return BatchRun.logits(runner, MLP, data, 1, Progress.NONE);
  }

  @Test
  void attentionHasNoBlocksOfTwoWidths() {
    TensorFormat mixed = TensorFormats.parse("fmpq64:1of4");
    assertThatThrownBy(() -> new Quantization(WEIGHTS, mixed, Optional.empty(), true))
        .hasMessage(
            "blocks of two widths are for inputs of linear layers, not for attention: fmpq64:1of4");
  }

  private static int layers() {
    return (int)
        MLP.graph().nodes().stream()
            .filter(node -> LinearNodes.isLinear(MLP.graph(), node))
            .count();
  }
}
