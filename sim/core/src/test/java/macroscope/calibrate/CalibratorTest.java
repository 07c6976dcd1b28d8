package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;
import macroscope.format.Formats;
import macroscope.tensor.TensorFormats;
import macroscope.unit.DotProductUnit;
import macroscope.unit.KulischSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

class CalibratorTest {
  private static final Model CNN = BuiltIn.MNIST_CNN.model();
  private static final Dataset IMAGES = BuiltIn.MNIST_CNN.calibrationData().first(2);

  private final Calibrator calibrator = new Calibrator(CalibrationStore.NONE);

  private Calibration found(String weights, Optional<DotProductUnit<?>> unit) {
    Quantization quantization =
        new Quantization(TensorFormats.parse(weights), TensorFormats.parse("fp32"), unit, false);
    return calibrator.of(Pipeline.parse("gptq"), CNN, IMAGES, quantization, 1);
  }

  @Test
  void unitsShareWhatIsLearnt() {
    DotProductUnit<?> unit =
        Units.create(
            new KulischSpec("exact", Formats.E4M3FN, Formats.E4M3FN, 16, 1024, Formats.BINARY32));
    assertThat(found("int4:channel", Optional.of(unit)))
        .isSameAs(found("int4:channel", Optional.empty()));
  }

  @Test
  void formatsDoNot() {
    assertThat(found("int4:channel", Optional.empty()))
        .isNotSameAs(found("int3:channel", Optional.empty()));
  }
}
