package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import macroscope.cost.CostModel;
import macroscope.cost.Price;
import macroscope.cost.PriceTable;
import macroscope.cost.Quantity;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TechnologyFileTest {

  private static final Path CONFIGS = Path.of("..", "..", "configs");
  private static final ConfigFolder TECHNOLOGIES =
      new ConfigFolder(CONFIGS.resolve("technologies"), "technology");
  private static final ConfigFolder MACHINES =
      new ConfigFolder(CONFIGS.resolve("machines"), "machine");

  private static final String SMALL =
      """
      name: small
      node: 45 nm
      volts: 0.9
      description: for a test
      sources: {here: this test}
      energy:
        unit: pJ
        parts:
          adder:
            - {per: size, value: 1.5, source: here, provenance: looked_up}
      """;

  @TempDir Path folder;

  static List<String> technologies() {
    return TECHNOLOGIES.names();
  }

  private static TechnologyNode parse(String text) {
    return Yaml.parse("t.yaml", text, TechnologyFile.class).technology();
  }

  @ParameterizedTest
  @MethodSource("technologies")
  void everyShippedTechnologyIsNamedAsItsFile(String name) {
    assertThat(TechnologyFile.read(TECHNOLOGIES.resolve(name)).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("technologies")
  void everyShippedTechnologyPricesAllPartsOfAQuantityOrNone(String name) {
    TechnologyNode node = TechnologyFile.read(TECHNOLOGIES.resolve(name));
    assertThat(List.of(Quantity.values()))
        .allSatisfy(
            quantity ->
                assertThat(node.table(quantity).map(TechnologyFileTest::logic))
                    .satisfiesAnyOf(
                        kinds -> assertThat(kinds).isEmpty(),
                        kinds -> assertThat(kinds.orElseThrow()).containsAll(Component.KINDS)));
  }

  /** Kinds of parts but memories, which a technology may leave out. */
  private static List<String> logic(PriceTable table) {
    return table.sorted().keySet().stream()
        .filter(kind -> !Component.HARD_KINDS.contains(kind))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("technologies")
  void aWrittenTechnologyIsReadBackAsItWas(String name) {
    TechnologyNode node = TechnologyFile.read(TECHNOLOGIES.resolve(name));
    Path file = folder.resolve(name + ".yaml");
    TechnologyWriter.write(node, file);
    assertThat(TechnologyFile.read(file)).isEqualTo(node);
  }

  @ParameterizedTest
  @CsvSource({
    "7nm, ENERGY, true",
    "7nm, AREA, false",
    "fpga-lut6, ENERGY, false",
    "45nm, AREA, true"
  })
  void aTechnologyHasTheQuantitiesItHasPricesOf(String name, Quantity quantity, boolean available) {
    CostModel model = new CostModel(TechnologyFile.read(TECHNOLOGIES.resolve(name)));
    assertThat(model.available(quantity)).isEqualTo(available);
  }

  @Test
  void aTechnologyHasThePricesThatItIsBasedOnWhereItHasNone() {
    PriceTable own = area("osu018-adder-cells");
    PriceTable base = area("osu018");
    assertThat(own.law("adder")).isEqualTo(base.law("adder"));
    assertThat(own.law("multiplier")).isNotEqualTo(base.law("multiplier"));
  }

  @Test
  void anotherExternalMemoryLeavesAllElseAsItIs() {
    TechnologyNode stacked = TechnologyFile.find("45nm-hbm2");
    TechnologyNode base = TechnologyFile.find("45nm");
    assertThat(stacked.tables()).isEqualTo(base.tables());
    assertThat(stacked.sram()).isEqualTo(base.sram());
    assertThat(stacked.dramPerBit().map(Price::value)).contains(3.97);
    assertThat(stacked.dramAreaPerBit()).isNotEqualTo(base.dramAreaPerBit());
  }

  private static PriceTable area(String name) {
    return TechnologyFile.read(TECHNOLOGIES.resolve(name)).area().orElseThrow();
  }

  @Test
  void aTechnologyIsBasedOnOneOfItsNode() {
    assertThatThrownBy(() -> parse(SMALL.replace("description", "based_on: 7nm\ndescription")))
        .isInstanceOf(InputException.class)
        .hasMessage("t.yaml:1: based_on must be of 45 nm and 0.9 V: 7nm");
  }

  @Test
  void aTechnologyIsBasedOnOneThatIsBasedOnNone() {
    String chain =
        SMALL
            .replace("45 nm", "180 nm")
            .replace("0.9", "1.8")
            .replace("description", "based_on: osu018-adder-cells\ndescription");
    assertThatThrownBy(() -> parse(chain))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "based_on must be a technology that is based on no other: osu018-adder-cells");
  }

  @Test
  void aDelayIsRefusedUnlessEveryPartHasOne() {
    String delays =
        SMALL
            + """
            delay:
              unit: ps
              parts:
                adder:
                  - {per: size, value: 1, source: here, provenance: looked_up}
            """;
    assertThatThrownBy(() -> parse(delays))
        .hasMessage(
            "t.yaml:11: delay: delay needs a price of every part, and has none of constant_table");
  }

  @Test
  void lookupTablesOfAPartThatHasNoCountAreRefused() {
    String area =
        SMALL
            + """
            area:
              unit: LUT6
              parts:
                shifter:
                  - {per: functions, value: 1, source: here, provenance: looked_up}
            """;
    assertThatThrownBy(() -> parse(area)).hasMessageContaining("have functions: shifter");
  }

  @Test
  void aPriceKeepsWhatIsSaidOfIt() {
    assertThat(
            parse(SMALL).energy().orElseThrow().law("adder").orElseThrow().terms().get(0).price())
        .hasToString(
            "Price[value=1.5, unit=pJ, node=45 nm, volts=0.9, source=this test,"
                + " provenance=LOOKED_UP]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adder:|ader:|t.yaml:10: energy.parts.ader[1]: unknown part ader; did you mean adder?",
        "source: here, |''|t.yaml:10: energy.parts.adder[1]: key source is missing",
        "source: here|source: there|t.yaml:10: energy.parts.adder[1]: unknown source there",
        "per: size|per: carries|t.yaml:10: energy.parts.adder[1]: only a multiplier has carries",
        "per: size|per: bit|t.yaml:10: energy.parts.adder[1].per: must be one of instance, size",
        "value: 1.5|value: much|t.yaml:10: energy.parts.adder[1].value: must be a finite number",
        "value: 1.5|value: -1|t.yaml:10: energy.parts.adder[1]: value must be finite and at least"
            + " 0",
        "looked_up|guessed|t.yaml:10: energy.parts.adder[1].provenance: must be one of looked_up",
        "unit: pJ|unit: nJ|t.yaml:6: energy: unit of energy must be pJ: nJ",
        "volts: 0.9|volt: 0.9|t.yaml:3: volt: unknown key; did you mean volts?"
      })
  void aMistakeIsToldWithFileLineAndKey(String right, String wrong, String message) {
    assertThatThrownBy(() -> parse(SMALL.replace(right, wrong)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aMachineWithoutRowsIsRefusedWithItsPlace() {
    String text =
        """
        name: none
        description: for a test
        rows: 0
        columns: 4
        dataflow: weight_stationary
        clock_megahertz: 100
        sram: {activations: 1, weights: 1, outputs: 1}
        """;
    assertThatThrownBy(() -> Yaml.parse("m.yaml", text, MachineFile.class).machine())
        .hasMessageStartingWith("m.yaml:1: rows must be 1..16384: 0");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> MACHINES.resolve("systolic-16x16-wz"))
        .hasMessageContaining("must be a path ending in .yaml or a known name: systolic-16x16-wz")
        .hasMessageContaining("did you mean systolic-16x16-");
  }

  @Test
  void aTechnologyIsNotWrittenWhereThereIsNoFolder() {
    Path file = folder.resolve("absent").resolve("t.yaml");
    assertThatThrownBy(() -> TechnologyWriter.write(parse(SMALL), file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written");
  }
}
