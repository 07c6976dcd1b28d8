package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import macroscope.format.Formats;
import macroscope.input.InputException;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.unit.DotProductUnit;
import macroscope.unit.KulischSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

class NetworkEvaluatorTest {
  private static final TensorFormat FP32 = TensorFormats.parse("fp32");
  private static final TensorFormat E4M3 = TensorFormats.parse("e4m3fn:channel");
  private static final Dataset IMAGES = BuiltIn.MNIST_CNN.evaluationData().first(70);
  private static final NetworkEvaluator CNN =
      new NetworkEvaluator(Baseline.of(BuiltIn.MNIST_CNN.model(), IMAGES, 1));

  private static double value(AccuracyResult result, String metric) {
    return result.metric(metric).orElseThrow().value();
  }

  @Test
  void resultIsTheSameForAnyNumberOfThreads() {
    assertThat(CNN.evaluate(E4M3, E4M3, Optional.empty(), 3))
        .isEqualTo(CNN.evaluate(E4M3, E4M3, Optional.empty(), 1));
  }

  @Test
  void aSampleDoesNotDependOnItsBatch() {
    assertThat(logits(IMAGES.first(3))[2]).isEqualTo(logits(IMAGES)[2]);
  }

  private static double[][] logits(Dataset data) {
    Model model = BuiltIn.MNIST_CNN.model();
    Quantization tensor =
        new Quantization(E4M3, TensorFormats.parse("int4:tensor"), Optional.empty(), false);
    ModelRunner runner = new ModelRunner(model.graph(), tensor.arithmetic());
    return BatchRun.logits(runner, model, data, 1, Progress.NONE);
  }

  @Test
  void floatRunDiffersFromItselfByNothing() {
    AccuracyResult result = CNN.evaluate(FP32, FP32, Optional.empty(), 1);
    assertThat(result.metric("nll_delta")).contains(new Metric("nll_delta", 0, 0));
  }

  @Test
  void formatsThatDifferHaveOtherLogits() {
    assertThat(CNN.evaluate(E4M3, FP32, Optional.empty(), 1).logitsDigest())
        .isNotEqualTo(CNN.evaluate(FP32, E4M3, Optional.empty(), 1).logitsDigest());
  }

  @Test
  void pairedDifferenceIsTheDifferenceOfTheMeans() {
    AccuracyResult run = CNN.evaluate(E4M3, E4M3, Optional.empty(), 1);
    double reference = value(CNN.evaluate(FP32, FP32, Optional.empty(), 1), "nll");
    assertThat(value(run, "nll_delta")).isCloseTo(value(run, "nll") - reference, within(1e-15));
  }

  /** An accumulator that never rounds leaves the binary32 result of each product as the only error. */
  @Test
  void exactUnitAgreesWithTheExactDatapathToBinary32() {
    DotProductUnit<?> unit =
        Units.create(
            new KulischSpec("exact", Formats.E4M3FN, Formats.E4M3FN, 16, 1024, Formats.BINARY32));
    double onUnit = value(CNN.evaluate(E4M3, E4M3, Optional.of(unit), 1), "nll");
    double exact = value(CNN.evaluate(E4M3, E4M3, Optional.empty(), 1), "nll");
    assertThat(onUnit).isNotEqualTo(exact).isCloseTo(exact, within(1e-4 * exact));
  }

  /** Sums of products of values near 448 overflow binary16. */
  private static AccuracyResult overflowing() {
    DotProductUnit<?> unit =
        Units.create(
            new KulischSpec("narrow", Formats.E4M3FN, Formats.E4M3FN, 16, 1024, Formats.BINARY16));
    return CNN.evaluate(E4M3, E4M3, Optional.of(unit), 1);
  }

  @Test
  void samplesThatOverflowAreCounted() {
    assertThat(overflowing().nonFiniteSamples()).isPositive();
  }

  @Test
  void meanOverSamplesThatOverflowIsNotANumber() {
    assertThat(value(overflowing(), "nll")).isNaN();
  }

  @Test
  void textDoesNotFitANetworkForImages() {
    assertThatThrownBy(
            () -> Baseline.of(BuiltIn.MNIST_CNN.model(), BuiltIn.KJV_GPT.evaluationData(), 1))
        .isInstanceOf(InputException.class)
        .hasMessage("eval-public: input values a sample must be 784 for mnist-cnn: 128");
  }

  @Test
  void unitThatCannotReadAFormatIsRefused() {
    DotProductUnit<?> unit =
        Units.create(
            new KulischSpec("e4m3", Formats.E4M3FN, Formats.E4M3FN, 16, 1024, Formats.BINARY32));
    assertThatThrownBy(() -> CNN.evaluate(FP32, E4M3, Optional.of(unit), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
