package macroscope.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import macroscope.cost.CriticalPath;
import macroscope.cost.MemoryPrices;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.Provenance;
import macroscope.cost.Quantity;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.machine.UnitShape;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fabric where every step, and every bit of a carry, takes a nanosecond. */
class FabricClockTest {

  private static TechnologyNode fabric() {
    Map<String, PriceLaw> laws = new HashMap<>();
    Price nanosecond = new Price(1000, "ps", "none", 1, "test", Provenance.MEMORY);
    PriceLaw law = new PriceLaw(List.of(new PriceLaw.Term(Feature.LEVEL, nanosecond)));
    Component.KINDS.forEach(kind -> laws.put(kind, law));
    laws.put(CriticalPath.CARRY, law);
    Map<Quantity, PriceTable> delays = Map.of(Quantity.DELAY, new PriceTable("ps", laws));
    return new TechnologyNode("test", "none", 1, "for tests", delays, MemoryPrices.NONE, List.of());
  }

  private static Inventory parts(Component... components) {
    InventoryBuilder parts = new InventoryBuilder();
    for (Component component : components) {
      parts.add(Role.ACCUMULATOR, "part", component);
    }
    return parts.build();
  }

  private static FpgaDevice device(double speed) {
    FpgaDevice plain = Devices.device(8);
    return new FpgaDevice(
        plain.name(),
        plain.part(),
        plain.dsp(),
        plain.available(),
        plain.usable(),
        plain.clockMegahertz(),
        plain.technology(),
        Optional.of(new FabricClock(fabric(), speed)));
  }

  /** A flip-flop, an adder and its eight carries: 10 ns. */
  @ParameterizedTest
  @CsvSource({"1, 100", "2.5, 250"})
  void aClockIsThatOfTheSlowestPathTimesTheSpeed(double speed, double megahertz) {
    assertThat(new FabricClock(fabric(), speed).megahertz(parts(new Component.Adder(8))))
        .hasValue(megahertz);
  }

  @Test
  void pathsEndAtHardBlocks() {
    Inventory both =
        parts(new Component.DspSlice(), new Component.Memory(4, 4), new Component.Adder(8));
    assertThat(new FabricClock(fabric(), 1).megahertz(both)).hasValue(100);
  }

  @Test
  void registersAloneHaveNoPath() {
    assertThat(new FabricClock(fabric(), 1).megahertz(parts(new Component.Register(8)))).isEmpty();
  }

  /** 18 carries and an adder behind a flip-flop: 20 ns, 50 MHz where the device allows 100. */
  @ParameterizedTest
  @CsvSource({"1, 50, true", "2, 100, false", "4, 100, false"})
  void theLowerOfBothClocksIsTaken(double speed, double megahertz, boolean byLogic) {
    DesignClock clock = device(speed).clock(parts(new Component.Adder(18)));
    assertThat(List.of(clock.megahertz(), clock.limitedByLogic()))
        .isEqualTo(List.of(megahertz, byLogic));
  }

  @Test
  void aDeviceWithoutDelaysHasItsClock() {
    assertThat(Devices.device(0).clock(parts(new Component.Adder(64))))
        .isEqualTo(new DesignClock(100, OptionalDouble.empty()));
  }

  @Test
  void theSlowestOfTwoDesignsDecides() {
    DesignClock slow = new DesignClock(100, OptionalDouble.of(30));
    assertThat(new DesignClock(100, OptionalDouble.of(80)).with(slow)).isEqualTo(slow);
  }

  @Test
  void throughputFollowsTheClockOfTheLogic() {
    DotProductUnit<?> unit =
        Units.create(Units.named("integer_mac:a=int4,length=1,accumulator_bits=18").orElseThrow());
    UnitShape shape = new UnitShape(unit.length(), unit.pipeline());
    DeviceFit fit = DeviceFit.of(device(1), unit.spec(), shape, unit.inventory());
    assertThat(fit.macsPerSecond())
        .isEqualTo(fit.units() * fit.clock().logic().orElseThrow() * 1e6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aSpeedMustBeANumberAboveNothing(double speed) {
    assertThatThrownBy(() -> new FabricClock(fabric(), speed))
        .hasMessage("speed must be finite and above 0: " + speed);
  }

  @Test
  void aFabricNeedsDelays() {
    assertThatThrownBy(() -> new FabricClock(Devices.device(0).technology(), 1))
        .hasMessage("technology of a fabric must price delays: test");
  }
}
