package macroscope.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.MissingPriceException;
import macroscope.cost.Technologies;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyReportTest {

  private static final Inventory UNIT =
      new Inventory(
          List.of(
              new Inventory.Line(Role.MULTIPLIER, "product", new Component.Multiplier(2, 2), 1, 1),
              new Inventory.Line(Role.ACCUMULATOR, "sum", new Component.Adder(6), 1, 1)));
  private static final CostModel MODEL = new CostModel(Technologies.complete());
  private static final CostReport PASS = MODEL.energyPerPass(UNIT);

  /** One tile of 4 x 4 units: A 4 x 8 and B 4 x 8 read once, 16 results of 32 bits. */
  private static Performance performance() {
    Machine machine =
        new Machine(
            "test",
            4,
            4,
            Dataflow.OUTPUT_STATIONARY,
            Drain.OVERLAPPED,
            100,
            new Machine.Sram(1 << 12, 1 << 12, 1 << 12));
    UnitShape unit = new UnitShape(1, new Pipeline(List.of("mac"), 1));
    return Performance.of(
        machine, unit, gemm -> new StorageBits(8.5, 4.25, 32), List.of(new Gemm(4, 4, 8)));
  }

  private static EnergyReport report() {
    return EnergyReport.of(performance(), PASS, MODEL);
  }

  @Test
  void unitsSpendTheEnergyOfTheirPasses() {
    assertThat(report().unitPicojoules()).isEqualTo(128 * (4 + 6));
  }

  /** Scales are stored bits: 8.5 and 4.25 bits an element, filled once and read once. */
  @Test
  void sramCostsEachBitItReadsAndIsFilledWith() {
    assertThat(report().sramPicojoules()).isEqualTo(2 * 32 * 8.5 + 2 * 32 * 4.25 + 2 * 16 * 32);
  }

  @Test
  void dramCostsEachBitThatMoves() {
    assertThat(report().dramPicojoules()).isEqualTo(10 * (32 * 8.5 + 32 * 4.25 + 16 * 32));
  }

  @Test
  void rolesAndMemoriesAddUpToTheTotal() {
    EnergyReport report = report();
    double roles = report.unitPicojoulesByRole().values().stream().mapToDouble(x -> x).sum();
    assertThat(report.totalPicojoules())
        .isEqualTo(roles + report.sramPicojoules() + report.dramPicojoules());
  }

  @Test
  void memoriesWithoutPricesAreRefused() {
    CostModel noMemories = new CostModel(Technologies.addersOnly());
    assertThatThrownBy(() -> EnergyReport.of(performance(), PASS, noMemories))
        .isInstanceOf(MissingPriceException.class);
  }

  @ParameterizedTest
  @CsvSource({"PER_UNIT, 1", "EQUAL_THROUGHPUT, 4", "EQUAL_AREA, 2"})
  void aSlowSmallUnitComesInNumbersThatMatchTheReference(Comparison comparison, double units) {
    Comparison.Unit design = new Comparison.Unit(2, 50);
    Comparison.Unit reference = new Comparison.Unit(8, 100);
    assertThat(comparison.units(design, reference)).isEqualTo(units);
  }
}
