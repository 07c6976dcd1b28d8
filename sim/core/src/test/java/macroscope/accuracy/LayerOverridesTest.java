package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import macroscope.config.LayerTexts;
import macroscope.input.InputException;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerOverridesTest {
  private static final TensorFormat FP32 = TensorFormats.parse("fp32");
  private static final TensorFormat E4M3 = TensorFormats.parse("e4m3fn:channel");
  private static final Model MLP = BuiltIn.MNIST_MLP.model();
  private static final NetworkEvaluator EVALUATOR =
      new NetworkEvaluator(Baseline.of(MLP, BuiltIn.MNIST_MLP.evaluationData().first(20), 1));
  private static final Quantization FLOATS = new Quantization(FP32, FP32, Optional.empty(), false);
  private static final Quantization FP8 = new Quantization(E4M3, E4M3, Optional.empty(), false);

  private static String logits(Quantization quantization) {
    return EVALUATOR.evaluate(quantization, 1, Progress.NONE).logitsDigest();
  }

  private static Quantization with(Quantization all, String layers) {
    return all.withOverrides(LayerTexts.all(layers));
  }

  @ParameterizedTest
  @CsvSource({
    "*, a/b, true",
    "a/*, a/b, true",
    "b, a/b, false",
    "?/b, a/b, true",
    "a.b, a/b, false",
    "conv, conv/group3, true",
    "conv/group3, conv/group3, true",
    "conv/group3, conv/group31, false"
  })
  void aStarIsAnyTextAndAQuestionMarkOneCharacter(String glob, String layer, boolean matches) {
    LayerOverride any =
        new LayerOverride(glob, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(any.matches(layer)).isEqualTo(matches);
  }

  @Test
  void allLayersInFloatAreTheFloatNetwork() {
    assertThat(logits(with(FP8, "*=float"))).isEqualTo(logits(FLOATS));
  }

  @Test
  void allLayersInAFormatAreTheNetworkInThatFormat() {
    assertThat(logits(with(FLOATS, "*=e4m3fn:channel,e4m3fn:channel"))).isEqualTo(logits(FP8));
  }

  @Test
  void oneFormatIsForBothSides() {
    assertThat(logits(with(FLOATS, "*=e4m3fn:channel"))).isEqualTo(logits(FP8));
  }

  @Test
  void aSideThatIsLeftOutIsThatOfTheOthers() {
    Quantization weights = new Quantization(E4M3, FP32, Optional.empty(), false);
    assertThat(logits(with(FLOATS, "*=e4m3fn:channel,"))).isEqualTo(logits(weights));
  }

  @Test
  void laterOnesWin() {
    assertThat(logits(with(FLOATS, "*=int2:channel; *=e4m3fn:channel"))).isEqualTo(logits(FP8));
  }

  @Test
  void aLayerMayHaveAUnitOfItsOwn() {
    String unit = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";
    assertThat(logits(with(FP8, "*=@" + unit))).isNotEqualTo(logits(FP8));
    assertThat(with(FP8, "*=@" + unit).of("any").unit()).isPresent();
  }

  @Test
  void exactSumsAreAUnitTheyMayGoBackTo() {
    String unit = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";
    assertThat(logits(with(FP8, "*=@" + unit + "; *=@exact"))).isEqualTo(logits(FP8));
  }

  @Test
  void aPatternThatMatchesNothingNamesTheLayers() {
    assertThatThrownBy(() -> LayerTexts.all("fc9*=float").requireMatches("p", MLP.graph(), false))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "p: fc9* matches no layer; layers are "
                + String.join(", ", LayerNames.withWeights(MLP.graph())));
  }

  @Test
  void productsOfActivationsAreLayersWithAttentionOnTheUnitOnly() {
    LayerOverrides product = LayerTexts.all("blk0.qk=fp16");
    product.requireMatches("p", BuiltIn.KJV_GPT.model().graph(), true);
    assertThatThrownBy(() -> product.requireMatches("p", BuiltIn.KJV_GPT.model().graph(), false))
        .hasMessage(
            "p: blk0.qk matches products of two activations alone, which need attention on the"
                + " unit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fc1 | must be GLOB=WEIGHTS,ACTIVATIONS@UNIT or GLOB=float: fc1",
        "fc1= | must be GLOB=WEIGHTS,ACTIVATIONS@UNIT or GLOB=float: fc1=",
        "=float | must be GLOB=WEIGHTS,ACTIVATIONS@UNIT or GLOB=float: =float",
        "a=fp16,fp16,fp16 | must be GLOB=WEIGHTS,ACTIVATIONS@UNIT or GLOB=float: a=fp16,fp16,fp16",
        "a=fp7 | scheme fp7",
        "a=@abacus | must be the name of a unit: abacus",
        "a=fp16,fmpq128:1of4 | a: blocks of two widths are for all layers"
      })
  void aMistakeIsToldWithTheRule(String text, String beginning) {
    assertThatThrownBy(() -> LayerTexts.all(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(beginning);
  }
}
