package macroscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.LayerOverrides;
import macroscope.calibrate.Pipeline;
import macroscope.config.LayerTexts;
import macroscope.config.MachineFile;
import macroscope.config.TechnologyFile;
import macroscope.cost.CostReport;
import macroscope.cost.TechnologyNode;
import macroscope.machine.Comparison;
import macroscope.machine.Machine;
import macroscope.tensor.TensorFormats;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

/** Layers with units of their own have energy, time and area. */
class LayerHardwareTest {
  private static final String WIDE_UNIT = "integer_mac:a=int8,length=16,accumulator_bits=32";
  private static final String WIDE = "int8:channel,int8:token@" + WIDE_UNIT;
  private static final UnitSpec NARROW =
      Units.named("integer_mac:a=int4,length=16,accumulator_bits=24").orElseThrow();
  private static final TechnologyNode NANGATE =
      TechnologyFile.read(Path.of("../../configs/technologies/nangate45.yaml"));
  private static final TechnologyNode HOROWITZ =
      TechnologyFile.read(Path.of("../../configs/technologies/45nm.yaml"));
  private static final Machine MACHINE =
      MachineFile.read(Path.of("../../configs/machines/systolic-16x16-ws.yaml"));
  private static final Workload WORKLOAD =
      new Workload(
          BuiltIn.MNIST_MLP.model(), BuiltIn.MNIST_MLP.evaluationData().first(2), false, 1, false);

  private static Evaluation point(
      String format, UnitSpec unit, String layers, TechnologyNode node) {
    LayerOverrides own = LayerTexts.all(layers);
    DesignPoint point =
        new DesignPoint(
            "block",
            WORKLOAD,
            TensorFormats.parse(format + ":channel"),
            TensorFormats.parse(format + ":token"),
            Pipeline.NONE,
            unit,
            own,
            MACHINE,
            node);
    Hardware hardware = Hardware.of(point, Yardstick.perUnit(Optional.empty()), Optional.empty());
    return new Evaluation(1, point, hardware, Measurement.pending(Optional.empty(), false));
  }

  private static final Evaluation ALL_NARROW = point("int4", NARROW, "none", HOROWITZ);
  private static final Evaluation ALL_WIDE =
      point("int8", Units.named(WIDE_UNIT).orElseThrow(), "none", HOROWITZ);
  private static final Evaluation MIXED = point("int4", NARROW, "fc1=" + WIDE, HOROWITZ);

  private static double value(String objective, Evaluation evaluation) {
    return Objectives.find(objective).orElseThrow().value().apply(evaluation).orElseThrow().value();
  }

  /** Multiply-accumulates of the first layer, as a part of all. */
  private static double share() {
    double all = WORKLOAD.gemms().stream().mapToDouble(g -> g.macs()).sum();
    return WORKLOAD.gemms().get(0).macs() / all;
  }

  @Test
  void energyOfUnitsIsTheMeanOverMultiplyAccumulates() {
    double wide = value("unit_energy_per_mac", ALL_WIDE);
    double narrow = value("unit_energy_per_mac", ALL_NARROW);
    assertThat(value("unit_energy_per_mac", MIXED))
        .isCloseTo(share() * wide + (1 - share()) * narrow, within(1e-15));
  }

  @Test
  void energyOfAPassOfTheNetworkIsTheSumOfItsLayers() {
    Evaluation others = point("int4", NARROW, "fc2=" + WIDE + "; logits=" + WIDE, HOROWITZ);
    assertThat(value("energy_per_inference", MIXED) + value("energy_per_inference", others))
        .isCloseTo(
            value("energy_per_inference", ALL_WIDE) + value("energy_per_inference", ALL_NARROW),
            within(1e-9));
  }

  @Test
  void cyclesAreTheSumOfLayersEachOnTheArrayOfItsUnit() {
    Evaluation others = point("int4", NARROW, "fc2=" + WIDE + "; logits=" + WIDE, HOROWITZ);
    assertThat(value("cycles_per_inference", MIXED) + value("cycles_per_inference", others))
        .isEqualTo(
            value("cycles_per_inference", ALL_WIDE) + value("cycles_per_inference", ALL_NARROW));
  }

  @Test
  void eachArrayRunsAtItsOwnClock() {
    Evaluation mixed = point("int4", NARROW, "fc1=" + WIDE, NANGATE);
    Evaluation others = point("int4", NARROW, "fc2=" + WIDE + "; logits=" + WIDE, NANGATE);
    Evaluation narrow = point("int4", NARROW, "none", NANGATE);
    Evaluation wide = point("int8", Units.named(WIDE_UNIT).orElseThrow(), "none", NANGATE);
    assertThat(value("time_per_inference", mixed) + value("time_per_inference", others))
        .isCloseTo(
            value("time_per_inference", narrow) + value("time_per_inference", wide), within(1e-9));
  }

  @Test
  void theChipHoldsOneOfEachUnitThatALayerUses() {
    Evaluation mixed = point("int4", NARROW, "fc1=" + WIDE + "; logits=" + WIDE, NANGATE);
    Evaluation narrow = point("int4", NARROW, "none", NANGATE);
    Evaluation wide = point("int8", Units.named(WIDE_UNIT).orElseThrow(), "none", NANGATE);
    assertThat(value("unit_area", mixed))
        .isCloseTo(value("unit_area", narrow) + value("unit_area", wide), within(1e-9));
  }

  @Test
  void aUnitThatNoLayerUsesIsNotOnTheChip() {
    Evaluation overridden = point("int4", NARROW, "*=" + WIDE, NANGATE);
    Evaluation wide = point("int8", Units.named(WIDE_UNIT).orElseThrow(), "none", NANGATE);
    assertThat(overridden.hardware()).isEqualTo(wide.hardware());
  }

  @Test
  void aUnitWhoseLayersHaveDifferentScalesIsAsLargeAsTheDearest() {
    Evaluation some = point("int4", NARROW, "fc1=int4:group16,int4:token", NANGATE);
    Evaluation all = point("int4", NARROW, "*=int4:group16,int4:token", NANGATE);
    assertThat(value("unit_area", some)).isEqualTo(value("unit_area", all));
    assertThat(value("unit_area", some))
        .isGreaterThan(value("unit_area", point("int4", NARROW, "none", NANGATE)));
  }

  @Test
  void atEqualAreaOneOfEachUnitTogetherTakesTheAreaOfTheReference() {
    Evaluation mixed = point("int4", NARROW, "fc1=" + WIDE, NANGATE);
    Yardstick area = new Yardstick(Comparison.EQUAL_AREA, Optional.of(NARROW), Optional.empty());
    Hardware hardware = Hardware.of(mixed.point(), area, Optional.empty());
    double reference =
        point("int4", NARROW, "none", NANGATE)
            .hardware()
            .unitArea()
            .map(CostReport::total)
            .orElseThrow();
    assertThat(hardware.area().orElseThrow()).isCloseTo(reference, within(1e-9));
  }

  @Test
  void storageCountsEachLayersBits() {
    double weights = 784.0 * 256 + 256 * 128 + 128 * 10;
    assertThat(WORKLOAD.linearLayers().stream().mapToDouble(l -> l.gemm().n() * l.gemm().k()).sum())
        .isEqualTo(weights);
    double rows = 256 + 128 + 10; // A binary32 scale for each row.
    double bits = 4 * weights + 4 * 784 * 256 + 32 * rows;
    assertThat(value("weight_storage", MIXED)).isCloseTo(bits / 8, within(1e-6));
  }

  @Test
  void bitOperationsAreProductsOfWidths() {
    double macs = WORKLOAD.gemms().stream().mapToDouble(g -> g.macs()).sum();
    assertThat(value("bit_operations", MIXED))
        .isCloseTo(macs * (64 * share() + 16 * (1 - share())) / 1e9, within(1e-12));
  }

  @Test
  void aLayerOnExactSumsHasNoPriceAndIsNamed() {
    Evaluation exact = point("int4", NARROW, "fc2=float", HOROWITZ);
    assertThat(Objectives.find("unit_energy_per_mac").orElseThrow().value().apply(exact)).isEmpty();
    assertThat(exact.hardware().missing())
        .containsExactly("layer fc2 runs on exact sums, which have no price");
  }

  @Test
  void aPriceThatOneLayerLacksIsNamedWithTheLayer() {
    TechnologyNode fpga = TechnologyFile.read(Path.of("../../configs/technologies/fpga-lut6.yaml"));
    Evaluation priceless = point("int4", NARROW, "fc2=" + WIDE, fpga);
    assertThat(priceless.hardware().missing())
        .anyMatch(m -> m.startsWith("layer fc2: technology fpga-lut6 has no price for the energy"));
  }
}
