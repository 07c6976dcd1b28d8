package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.Tensor;
import macroscope.tensor.TensorFormats;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds encoders from Maven Central, unmodified, against ONNX Runtime 1.29.0 and another program. */
class EncodersTest {
  private static final Map<MavenModel, Model> MODELS = new HashMap<>();

  private static byte[] file(MavenModel model, String entry) {
    try (InputStream in = EncodersTest.class.getResourceAsStream("/" + entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Model model(MavenModel model) {
    return MODELS.computeIfAbsent(model, m -> m.model(file(m, m.onnx())));
  }

  private static WordPiece tokens() {
    MavenModel model = MavenModel.MINILM;
    return WordPiece.read(model.tokenizer(), file(model, model.tokenizer()));
  }

  private static Dataset glosses() {
    return TextPairs.of(
        "wordnet",
        new String(BuiltIn.resource("wordnet-public.tsv"), StandardCharsets.UTF_8),
        EncodersTest::tokens);
  }

  @ParameterizedTest
  @EnumSource(
      value = MavenModel.class,
      names = {"MINILM", "BGE_SMALL", "E5_SMALL"})
  void vectorsOfTokensDifferByLessThanTheRoundingOfBinary32Explains(MavenModel encoder)
      throws Exception {
    Map<String, Tensor> text = glosses().feed(model(encoder).graph(), 1);
    double[] theirs = OnnxRuntime.run(file(encoder, encoder.onnx()), text).get(0);
    Graph graph = model(encoder).graph();
    assertThat(new ModelRunner(graph, new FloatArithmetic()).run(text).values())
        .containsExactly(theirs, within(1e-4));
  }

  /** No text of these falls on an integer's edge: where one does, binary32 and double precision part. */
  @ParameterizedTest
  @EnumSource(
      value = MavenModel.class,
      names = {"MINILM_Q", "BGE_SMALL_Q"})
  void networksOfIntegersGiveTheSameVectors(MavenModel encoder) throws Exception {
    Map<String, Tensor> text = glosses().feed(model(encoder).graph(), 1);
    double[] theirs = OnnxRuntime.run(file(encoder, encoder.onnx()), text).get(0);
    Graph graph = model(encoder).graph();
    assertThat(new ModelRunner(graph, new FloatArithmetic()).run(text).values())
        .containsExactly(theirs, within(1e-4));
  }

  @Test
  void integersOfTheFileGoThroughAnInstructionAndGiveTheSame() {
    Model encoder = model(MavenModel.MINILM_Q);
    Map<String, Tensor> text = glosses().feed(encoder.graph(), 1);
    Quantization onUnit =
        new Quantization(
            TensorFormats.parse("fp32"),
            TensorFormats.parse("fp32"),
            Optional.of(
                Units.create(
                    Units.find("nvidia.ampere.mma.m16n8k32.s32.s8.s8.s32").orElseThrow().unit())),
            false);
    double[] exact = new ModelRunner(encoder.graph(), new FloatArithmetic()).run(text).values();
    assertThat(new ModelRunner(encoder.graph(), onUnit.arithmetic()).run(text).values())
        .containsExactly(exact);
  }

  @Test
  void aFileWithAnotherDigestIsRefused() {
    assertThatThrownBy(() -> MavenModel.MINILM_Q.model(BuiltIn.resource("mnist-mlp.onnx")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("minilm-q: the SHA-256 must be ");
  }

  /** Four of 200 pairs keep the test short: other rows of the oracle by {@code macroscope verify}. */
  @Test
  void embeddingsFindTheirLemmas() {
    Model encoder = model(MavenModel.MINILM);
    Dataset first = glosses().first(8);
    NetworkEvaluator evaluator = new NetworkEvaluator(Baseline.of(encoder, first, 2));
    AccuracyResult result =
        evaluator.evaluate(
            TensorFormats.parse("int8:channel"),
            TensorFormats.parse("int8:token"),
            Optional.empty(),
            2);
    assertThat(result.metric("recall_at_5").orElseThrow().value()).isEqualTo(1);
    assertThat(result.metric("cosine_to_fp32").orElseThrow().value()).isBetween(0.98, 0.9999);
  }
}
