package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import macroscope.accuracy.BuiltIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {

  @Test
  void missingParametersAreWrittenOut() {
    assertThat(Pipeline.parse("smoothquant:alpha=0.75,gptq:act_order=true,damping=0.02").text())
        .isEqualTo("smoothquant:alpha=0.75,scope=normalizations,gptq:act_order=true,damping=0.02");
  }

  @Test
  void aSchemeMayBeAParameter() {
    assertThat(Pipeline.parse("kv_cache:keys=mxfp4:sorted,values=int4:group32").text())
        .isEqualTo(
            "kv_cache:keys=mxfp4:sorted,values=int4:group32,key_rows=channel,value_rows=token");
  }

  @Test
  void everyMethodHasDefaults() {
    for (String name : CalibrationMethods.names()) {
      assertThat(Pipeline.parse(name).stages()).as(name).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smooth | unknown calibration method smooth; one of equalize, smoothquant",
        "gptq:alpha=1 | gptq: unknown parameter alpha; one of act_order, damping",
        "gptq:damping=2 | gptq: damping must be 0..1: 2",
        "gptq:damping=x | gptq: damping must be 0..1: x",
        "gptq:act_order=maybe | gptq: act_order must be one of true, false: maybe",
        "awq:steps=2.5 | awq: steps must be a whole number: 2.5",
        "alpha=1 | a method must stand before its parameters: alpha=1",
        "gptq,smoothquant | smoothquant (transform) must stand before gptq (rounding)",
        "gptq,adaround | the codes can be chosen once: by gptq or by adaround",
        "awq,awq | each method may stand once: awq, awq",
        "kv_cache:keys=int99:channel | kv_cache: keys: scheme int99:channel",
      })
  void aMistakeIsNamedWithWhatIsAllowed(String text, String beginning) {
    assertThatThrownBy(() -> Pipeline.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(beginning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gptq | fp32 | fp32 | gptq needs weights in a format, not fp32",
        "pre_shift | int4:channel | fp32 | pre_shift needs activations in a format, not fp32",
        "vptq | int4:channel | fp32 | vptq needs weights in vectors, as vq8_8:channel: int4:channel",
        "smoothquant | int4:channel | int8:token | smoothquant finds no layer behind a normalization",
        "kv_cache | int4:channel | fp32 | kv_cache finds no product of two activations",
        "double_rounding | e2m1fn:channel | fp32 | double_rounding needs weights of at most 8 bits",
        "format_search | int4:channel | fp32 | format_search needs weights in floats of at most 8 bits",
      })
  void aMethodThatDoesNotFitSaysWhatItNeeds(
      String methods, String weights, String activations, String beginning) {
    assertThatThrownBy(() -> Calibrated.of(BuiltIn.MNIST_CNN, 2, methods, weights, activations))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(beginning);
  }

  @Test
  void equalizationNeedsLayersThatFollowEachOther() {
    assertThatThrownBy(() -> Calibrated.of(BuiltIn.KJV_GPT, 2, "equalize", "int4:channel", "fp32"))
        .hasMessageStartingWith("equalize finds no two layers");
  }

  @Test
  void nothingIsNoCalibration() {
    assertThat(List.of(Pipeline.parse("none"), Pipeline.parse(" ")))
        .allMatch(Pipeline.NONE::equals);
  }
}
