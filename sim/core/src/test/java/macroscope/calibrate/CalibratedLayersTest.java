package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.LayerNames;
import macroscope.accuracy.LayerProfile;
import macroscope.accuracy.Model;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.config.LayerTexts;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calibration of networks whose layers have formats of their own. */
class CalibratedLayersTest {
  private static final Model MLP = BuiltIn.MNIST_MLP.model();
  private static final Dataset IMAGES = BuiltIn.MNIST_MLP.calibrationData().first(8);
  private static final List<String> LAYERS = LayerNames.withWeights(MLP.graph());
  private static final Quantization LAST_IN_FLOAT =
      new Quantization(
              TensorFormats.parse("int4:channel"),
              TensorFormats.parse("int8:token"),
              Optional.empty(),
              false)
          .withOverrides(
              LayerTexts.all(LAYERS.get(0) + "=int2:channel,; " + LAYERS.get(2) + "=float"));

  private static Calibration found(String methods) {
    return Pipeline.parse(methods).run(new CalibrationRun(MLP, IMAGES, LAST_IN_FLOAT, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gptq", "range"})
  void aLayerThatIsKeptInFloatStaysAsItIs(String methods) {
    assertThat(found(methods).of(LAYERS.get(2))).isEqualTo(LayerCalibration.NONE);
  }

  @Test
  void codesOfALayerAreOfItsOwnFormat() {
    Calibration found = found("gptq");
    assertThat(List.of(0, 1))
        .extracting(i -> found.of(LAYERS.get(i)).encoded().orElseThrow().format().name())
        .containsExactly("int2:channel", "int4:channel");
  }

  @Test
  void theProfileSeesWhatCalibrationDoes() {
    Calibration found = found("awq,gptq");
    Quantization on = found.on(LAST_IN_FLOAT);
    List<LayerProfile> rows =
        LayerProfile.of(
            MLP, IMAGES, found.around(on.arithmetic()), found.view(on), on, 1, Progress.NONE);
    assertThat(rows.get(2).injected().qsnr().value())
        .isGreaterThan(250); // rounding of doubles alone
    assertThat(rows.get(1).weights().value()).isBetween(5.0, 30.0);
  }
}
