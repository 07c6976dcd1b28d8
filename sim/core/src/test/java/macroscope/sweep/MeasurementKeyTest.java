package macroscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.LayerOverrides;
import macroscope.calibrate.Pipeline;
import macroscope.config.TechnologyFile;
import macroscope.cost.TechnologyNode;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

class MeasurementKeyTest {
  private static final TechnologyNode NANGATE =
      TechnologyFile.read(Path.of("../../configs/technologies/nangate45.yaml"));
  private static final Machine MACHINE =
      new Machine(
          "test",
          16,
          16,
          Dataflow.OUTPUT_STATIONARY,
          Drain.OVERLAPPED,
          100,
          new Machine.Sram(1 << 16, 1 << 16, 1 << 16));
  private static final UnitSpec UNIT =
      Units.named("fused:a=e2m1fn,length=8,kept_fraction_bits=13").orElseThrow();
  private static final Workload IMAGES =
      new Workload(
          BuiltIn.MNIST_MLP.model(), BuiltIn.MNIST_MLP.calibrationData().first(2), false, 1, false);

  private static String key(TensorFormat weights) {
    TensorFormat activations = TensorFormats.parse("e2m1fn:token");
    DesignPoint point =
        new DesignPoint(
            "block",
            IMAGES,
            weights,
            activations,
            Pipeline.parse("none"),
            UNIT,
            LayerOverrides.NONE,
            MACHINE,
            NANGATE);
    return SweepEngine.key(point, "build");
  }

  /** A user may change a format of scales in YAML and resume a sweep. */
  @Test
  void aFormatOfTheSameNameWithOtherScalesIsAnother() {
    TensorFormat given = TensorFormats.parse("e2m1fn:group16:e4m3fn");
    TensorFormat other = TensorFormats.parse("e2m1fn:group16:e5m2");
    TensorFormat renamed = new TensorFormat(given.name(), other.element(), other.levels());
    assertThat(key(renamed)).isNotEqualTo(key(given));
    assertThat(key(TensorFormats.parse("e2m1fn:group16:e4m3fn"))).isEqualTo(key(given));
  }

  @Test
  void codebooksOfTheSameVectorsAreTheSame() {
    TensorFormat lattice = TensorFormats.parse("e8p:tensor");
    assertThat(lattice.coding().toString()).contains("65536 vectors of 8").doesNotContain("@");
  }
}
