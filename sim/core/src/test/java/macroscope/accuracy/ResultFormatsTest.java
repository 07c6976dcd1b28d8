package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import macroscope.onnx.Graph;
import macroscope.onnx.OnnxBuilder;
import macroscope.onnx.OnnxModel;
import macroscope.onnx.ResultKind;
import macroscope.onnx.ResultKinds;
import macroscope.onnx.Tensor;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;

class ResultFormatsTest {
  private static final TensorFormat INT2 = TensorFormats.parse("int2:tensor");
  private static final TensorFormat FP32 = TensorFormats.parse("fp32");

  private static ResultFormats norms(TensorFormat format) {
    return new ResultFormats(Optional.empty(), Optional.of(format), Optional.empty());
  }

  private static int count(Graph graph, ResultKind kind) {
    return Collections.frequency(ResultKinds.of(graph).values(), kind);
  }

  @Test
  void normalizationsOfSingleOperatorsAreFoundWithGainAndOffset() {
    Graph gpt = BuiltIn.KJV_GPT.model().graph();
    assertThat(count(gpt, ResultKind.NORMALIZATION)).isEqualTo(9);
    assertThat(ResultKinds.of(gpt)).containsKey("ln.out");
  }

  @Test
  void embeddingsAndSoftmaxAreFound() {
    Graph gpt = BuiltIn.KJV_GPT.model().graph();
    assertThat(count(gpt, ResultKind.EMBEDDING)).isEqualTo(1);
    assertThat(count(gpt, ResultKind.SOFTMAX)).isEqualTo(4);
  }

  @Test
  void aNetworkOfProductsAndRectifiersHasNone() {
    assertThat(ResultKinds.of(BuiltIn.MNIST_CNN.model().graph())).isEmpty();
  }

  @Test
  void aQuotientThatIsNoRootOfAMeanIsNoNormalization() {
    assertThat(ResultKinds.of(quotient("ReduceMax"))).isEmpty();
    assertThat(ResultKinds.of(quotient("ReduceMean"))).containsEntry("y", ResultKind.NORMALIZATION);
  }

  /** {@code x / sqrt(reduce(x^2))}. */
  private static Graph quotient(String reduction) {
    byte[] file =
        new OnnxBuilder()
            .opset(13)
            .input("x", 1, 3, 4)
            .node("Mul", List.of("x", "x"), "squares")
            .node(reduction, List.of("squares"), "mean")
            .node("Sqrt", List.of("mean"), "root")
            .node("Div", List.of("x", "root"), "y")
            .output("y", 1, 3, 4)
            .bytes();
    return OnnxModel.read("norm.onnx", file);
  }

  @Test
  void aScalePerTensorSpansOneSample() {
    Tensor two = new Tensor(new int[] {2, 2}, new double[] {1, 0.4, 100, 40});
    assertThat(norms(INT2).round(ResultKind.NORMALIZATION, two, 2).values())
        .containsExactly(1, 0, 100, 0);
  }

  @Test
  void aSampleThatIsNotFiniteLeavesItsNeighboursAsTheyAre() {
    Tensor two = new Tensor(new int[] {2, 2}, new double[] {Double.NaN, 1, 100, 40});
    assertThat(norms(INT2).round(ResultKind.NORMALIZATION, two, 2).values())
        .containsExactly(Double.NaN, Double.NaN, 100, 0);
  }

  @Test
  void otherKindsStayAsTheyAre() {
    Tensor x = new Tensor(new int[] {1, 2}, new double[] {1, 0.4});
    assertThat(norms(INT2).round(ResultKind.SOFTMAX, x, 1)).isSameAs(x);
  }

  @Test
  void aNetworkRunsOnWhatIsKept() {
    NetworkEvaluator evaluator =
        new NetworkEvaluator(
            Baseline.of(BuiltIn.KJV_GPT.model(), BuiltIn.KJV_GPT.evaluationData().first(2), 2));
    Quantization floats = new Quantization(FP32, FP32, Optional.empty(), false);
    ResultFormats coarse = new ResultFormats(Optional.of(INT2), Optional.empty(), Optional.empty());
    AccuracyResult exact = evaluator.evaluate(floats, 2, Progress.NONE);
    AccuracyResult rounded = evaluator.evaluate(floats.withResults(coarse), 2, Progress.NONE);
    assertThat(rounded.metric("nll").orElseThrow().value())
        .isGreaterThan(exact.metric("nll").orElseThrow().value() + 0.1);
  }

  @Test
  void formatsThatLearnAreRefused() {
    assertThatThrownBy(() -> norms(TensorFormats.parse("fmpq128:1of4")))
        .hasMessage("results are kept in formats of single elements: fmpq128:1of4");
  }
}
