package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final Baseline BASELINE =
      Baseline.of(BuiltIn.MNIST_CNN.model(), BuiltIn.MNIST_CNN.calibrationData().first(16), 2);

  private static List<Sensitivity.Layer> layers(String weights, int threads) {
    Quantization quantization =
        new Quantization(
            TensorFormats.parse(weights), TensorFormats.parse("fp32"), Optional.empty(), false);
    return new Sensitivity(BASELINE, quantization, threads).layers(2, 1, Progress.NONE);
  }

  @Test
  void fewerBitsDivergeMoreInEveryLayer() {
    List<Sensitivity.Layer> few = layers("int2:channel", 2);
    List<Sensitivity.Layer> many = layers("int6:channel", 2);
    assertThat(few).hasSize(3);
    for (int i = 0; i < few.size(); i++) {
      assertThat(few.get(i).divergence().value()).isGreaterThan(many.get(i).divergence().value());
    }
  }

  /** Cross-entropy is convex in the weights of the last layer. */
  @Test
  void theTraceOfTheLastLayerIsPositive() {
    assertThat(layers("int4:channel", 2).get(2).trace()).isPositive();
  }

  @Test
  void theTraceDoesNotDependOnTheFormat() {
    assertThat(layers("int2:channel", 2).get(1).trace())
        .isEqualTo(layers("int4:channel", 2).get(1).trace());
  }

  @Test
  void threadsDecideNothing() {
    assertThat(layers("int3:channel", 1)).isEqualTo(layers("int3:channel", 2));
  }
}
