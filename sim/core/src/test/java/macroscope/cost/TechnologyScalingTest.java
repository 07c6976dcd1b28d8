package macroscope.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.OptionalDouble;
import macroscope.config.TechnologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TechnologyScalingTest {

  private static final String FOLDER = "../../configs/technologies/";
  private static final TechnologyNode OLD = TechnologyFile.read(Path.of(FOLDER + "45nm.yaml"));

  private static TechnologyNode scaled(double nanometres) {
    return TechnologyScaling.scaled(OLD, nanometres, OptionalDouble.empty());
  }

  private static double price(TechnologyNode technology, Quantity quantity, String kind) {
    return technology
        .table(quantity)
        .orElseThrow()
        .law(kind)
        .orElseThrow()
        .terms()
        .get(0)
        .price()
        .value();
  }

  /** The published int8 operations of both nodes. */
  @ParameterizedTest
  @CsvSource({"multiplier, 0.35", "adder, 0.2333", "register, 0.2333", "shifter, 0.3849"})
  void energiesOfEachClassFollowTheTablesOfBothNodes(String kind, double ratio) {
    assertThat(price(scaled(7), Quantity.ENERGY, kind) / price(OLD, Quantity.ENERGY, kind))
        .isCloseTo(ratio, within(0.0005));
  }

  @ParameterizedTest
  @CsvSource({"8, 0.75", "32, 0.425", "1024, 0.14"})
  void anSramScalesByItsCapacity(long kilobytes, double ratio) {
    CostModel young = new CostModel(scaled(7));
    assertThat(
            young.sramPerBit(kilobytes << 10).value()
                / new CostModel(OLD).sramPerBit(kilobytes << 10).value())
        .isCloseTo(ratio, within(0.0005));
  }

  @ParameterizedTest
  @CsvSource({"32, 0.46", "16, 0.19", "7, 0.059"})
  void areasOfLogicFollowStillmakerAndBaas(double node, double ratio) {
    assertThat(price(scaled(node), Quantity.AREA, "adder") / price(OLD, Quantity.AREA, "adder"))
        .isCloseTo(ratio, within(0.0005));
  }

  @Test
  void anSramShrinksLessThanLogic() {
    assertThat(price(scaled(7), Quantity.AREA, "memory") / price(OLD, Quantity.AREA, "memory"))
        .isCloseTo(0.078, within(0.0005));
  }

  @Test
  void externalMemoryKeepsItsPrice() {
    assertThat(scaled(16).dramPerBit()).isEqualTo(OLD.dramPerBit());
  }

  @Test
  void energyFollowsTheSquareOfTheSupply() {
    TechnologyNode low = TechnologyScaling.scaled(OLD, 45, OptionalDouble.of(0.45));
    assertThat(price(low, Quantity.ENERGY, "adder") / price(OLD, Quantity.ENERGY, "adder"))
        .isCloseTo(0.25, within(0.0005));
  }

  @Test
  void everyPriceSaysHowItWasScaled() {
    PriceLaw law = scaled(16).energy().orElseThrow().law("multiplier").orElseThrow();
    assertThat(law.terms().get(0).price().source())
        .contains("45 nm to 16 nm times 0.")
        .contains("Jouppi");
  }

  @Test
  void aRememberedPriceStaysOne() {
    PriceLaw law = scaled(16).area().orElseThrow().law("adder").orElseThrow();
    assertThat(law.terms().get(0).price().provenance()).isEqualTo(Provenance.MEMORY);
  }

  @Test
  void aNameMayAskForAnotherNode() {
    assertThat(TechnologyFile.find(FOLDER + "45nm.yaml@16nm:0.8V").node()).isEqualTo("16 nm");
  }

  @ParameterizedTest
  @CsvSource({
    "45nm.yaml@3nm, nodes must be 7..45 nm",
    "osu018.yaml@16nm, areas of osu018 are counts",
    "45nm.yaml@16nm:9V, volts must be 0.4..1.5: 9.0",
    "45nm.yaml@16nm:-1V, volts must be 0.4..1.5: -1.0",
    "45nm.yaml@-16nm, nodes must be 7..45 nm: from 45.0 to -16.0",
    "45nm.yaml@NaN, 'behind @ there must be a node as in 16nm, or a node and a supply as in 16nm:0.8V: NaN'",
    "45nm.yaml@16nm:NaNV, behind @ there must be a node",
    "45nm.yaml@16, behind @ there must be a node"
  })
  void whatCannotBeScaledIsRefused(String name, String message) {
    assertThatThrownBy(() -> TechnologyFile.find(FOLDER + name)).hasMessageContaining(message);
  }
}
