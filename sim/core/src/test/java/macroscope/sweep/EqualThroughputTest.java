package macroscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import macroscope.config.TechnologyFile;
import macroscope.cost.CostModel;
import macroscope.cost.TechnologyNode;
import macroscope.machine.Comparison;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.UnitShape;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

/** Units are compared at the clock that each of them reaches. */
class EqualThroughputTest {

  private static final TechnologyNode NANGATE =
      TechnologyFile.read(Path.of("../../configs/technologies/nangate45.yaml"));
  private static final UnitSpec INTEGERS =
      Units.named("integer_mac:a=int8,length=8,accumulator_bits=32").orElseThrow();
  private static final UnitSpec FUSED =
      Units.named("fused:a=e4m3fn,length=8,kept_fraction_bits=13").orElseThrow();

  private static Machine machine(double megahertz) {
    Machine.Sram sram = new Machine.Sram(1 << 16, 1 << 16, 1 << 16);
    return new Machine(
        "test", 16, 16, Dataflow.OUTPUT_STATIONARY, Drain.OVERLAPPED, megahertz, sram);
  }

  private static double limit(UnitSpec unit) {
    return new CostModel(NANGATE).delay(Units.create(unit).inventory()).orElseThrow().megahertz();
  }

  private static double units(double megahertz) {
    DotProductUnit<?> fused = Units.create(FUSED);
    Machine machine = machine(megahertz);
    return new Yardstick(Comparison.EQUAL_THROUGHPUT, Optional.of(INTEGERS), Optional.empty())
        .units(
            new UnitShape(fused.length(), fused.pipeline()),
            Optional.empty(),
            machine,
            machine.atMost(limit(FUSED)),
            NANGATE);
  }

  @Test
  void aClockThatBothReachLeavesProductsACycle() {
    assertThat(units(10)).isEqualTo(1);
  }

  @Test
  void aSlowerUnitNeedsMoreInstances() {
    assertThat(units(10_000)).isCloseTo(limit(INTEGERS) / limit(FUSED), within(1e-9));
  }

  @Test
  void aFusedDotProductHasTheLongerPath() {
    assertThat(limit(FUSED)).isLessThan(limit(INTEGERS) / 1.5);
  }
}
