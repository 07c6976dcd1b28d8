package macroscope.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import macroscope.config.TechnologyFile;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.hardware.Role;
import org.junit.jupiter.api.Test;

class CostModelTest {

  private static final Inventory UNIT =
      new Inventory(
          List.of(
              new Inventory.Line(Role.MULTIPLIER, "product", new Component.Multiplier(4, 4), 2, 1),
              new Inventory.Line(Role.ACCUMULATOR, "sum", new Component.Adder(8), 1, 3),
              new Inventory.Line(Role.ACCUMULATOR, "kept", new Component.Register(8), 1, 1)));

  private final CostModel complete = new CostModel(Technologies.complete());
  private final CostModel addersOnly = new CostModel(Technologies.addersOnly());

  @Test
  void areaCountsPartsAndNotTheirUses() {
    assertThat(complete.area(UNIT).total()).isEqualTo(2 * (32 + 8 + 8));
  }

  @Test
  void energyCountsEachUse() {
    assertThat(complete.energyPerPass(UNIT).total()).isEqualTo(32 + 3 * 8 + 8);
  }

  private static final Inventory MEMORY =
      new Inventory(
          List.of(new Inventory.Line(Role.TABLE, "array", new Component.Memory(256, 64), 1, 3, 2)));

  /** 1 pJ a bit at any capacity: three accesses of 64 bits, shared by two units. */
  @Test
  void theEnergyOfAMemoryIsThatOfTheBitsOfItsAccesses() {
    assertThat(complete.energyPerPass(MEMORY).total()).isEqualTo(3 * 64 / 2.0);
  }

  @Test
  void aMemoryCostsTheBitPriceOfItsCapacity() {
    CostModel shipped = new CostModel(TechnologyFile.find("45nm"));
    assertThat(shipped.energyPerPass(MEMORY).prices())
        .containsExactly(shipped.sramPerBit(256 * 64 / 8));
  }

  @Test
  void aMemoryWithoutAnAreaIsNamed() {
    assertThatThrownBy(() -> complete.area(MEMORY))
        .hasMessage("technology complete has no price for the area of memory");
  }

  @Test
  void rolesAddUpToTheTotal() {
    CostReport report = complete.energyPerPass(UNIT);
    assertThat(report.byRole().values().stream().mapToDouble(x -> x).sum())
        .isEqualTo(report.total());
  }

  @Test
  void aReportNamesThePriceOfEveryLine() {
    assertThat(complete.area(UNIT).prices()).containsExactly(Technologies.price(2, "um2"));
  }

  @Test
  void aPartWithoutAPriceIsNamedWithTechnologyAndQuantity() {
    assertThatThrownBy(() -> addersOnly.energyPerPass(UNIT))
        .isInstanceOf(MissingPriceException.class)
        .hasMessage("technology adders has no price for the energy of multiplier");
  }

  @Test
  void aTechnologyWithoutAreasRefusesAreas() {
    assertThatThrownBy(() -> addersOnly.area(UNIT))
        .hasMessage("technology adders has no price for the area of multiplier");
  }

  @Test
  void missingPricesCanBeAskedForBeforehand() {
    assertThat(addersOnly.missing(Quantity.ENERGY, UNIT))
        .get()
        .extracting(MissingPriceException::part)
        .isEqualTo("multiplier");
  }

  @Test
  void aTechnologyWithoutMemoryPricesRefusesThem() {
    assertThatThrownBy(() -> addersOnly.sramPerBit(1024))
        .hasMessage("technology adders has no price for the energy of sram");
  }

  @Test
  void anSramBetweenTwoPointsLiesOnTheLineThroughTheirLogarithms() {
    SramPrices sram =
        new SramPrices(
            List.of(
                new SramPrices.Point(1 << 16, Technologies.price(4, "pJ")),
                new SramPrices.Point(1 << 12, Technologies.price(1, "pJ"))));
    assertThat(List.of(sram.perBit(1 << 12), sram.perBit(1 << 14), sram.perBit(1 << 18)))
        .extracting(Price::value)
        .containsExactly(1.0, 2.0, 8.0);
  }

  @Test
  void anSramBetweenPublishedPointsIsAFittedPrice() {
    assertThat(complete.sramPerBit(5000).provenance()).isEqualTo(Provenance.FITTED);
  }

  @Test
  void aPriceIsNeverNegative() {
    assertThatThrownBy(() -> Technologies.price(-1, "pJ"))
        .hasMessage("value must be finite and at least 0: -1.0");
  }

  @Test
  void aPriceNeedsASource() {
    assertThatThrownBy(() -> new Price(1, "pJ", "45 nm", 1, " ", Provenance.LOOKED_UP))
        .hasMessage("source must not be empty");
  }
}
