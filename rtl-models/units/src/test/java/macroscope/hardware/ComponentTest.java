package macroscope.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentTest {

  @Test
  void everyPartOfTheVocabularyHasItsKindListed() {
    List<String> parts =
        Arrays.stream(Component.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .map(name -> name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT))
            .sorted()
            .toList();
    List<String> kinds =
        Stream.concat(Component.KINDS.stream(), Component.HARD_KINDS.stream()).sorted().toList();
    assertThat(kinds).isEqualTo(parts);
  }

  @Test
  void aKindIsTheNameOfItsPart() {
    List<Component> parts =
        List.of(
            new Component.Adder(1),
            new Component.ConstantTable(1, 1, 0, 0, 0),
            new Component.LeadingZeroCounter(1),
            new Component.Maximum(1),
            new Component.Multiplexer(2, 1),
            new Component.Multiplier(1, 1),
            new Component.Negator(1),
            new Component.Register(1),
            new Component.Shifter(1, 1),
            new Component.SumAndDifference(1));
    assertThat(parts).extracting(Component::kind).containsExactlyElementsOf(Component.KINDS);
  }

  @Test
  void aKindIsTheNameOfItsHardBlock() {
    List<Component> blocks = List.of(new Component.DspSlice(), new Component.Memory(512, 36));
    assertThat(blocks).extracting(Component::kind).containsExactlyElementsOf(Component.HARD_KINDS);
  }

  @ParameterizedTest
  @CsvSource({"256, 256, 65536, 8192", "16, 42, 672, 84", "3, 3, 9, 2"})
  void aMemoryHasCellsAndWholeBytes(int wordLines, int wordBits, int cells, int bytes) {
    Component.Memory memory = new Component.Memory(wordLines, wordBits);
    assertThat(List.of(memory.kind(), memory.size(), memory.bytes()))
        .isEqualTo(List.of("memory", (double) cells, (long) bytes));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "4, 3", "8, 7"})
  void anArrayMultiplierAddsItsRowsOneAfterAnother(int bits, int levels) {
    assertThat(new Component.Multiplier(bits, 8).levels()).isEqualTo(levels);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "8, 4"})
  void aShifterHasAStageForEachBitOfItsCount(int most, int levels) {
    assertThat(new Component.Shifter(8, most).levels()).isEqualTo(levels);
  }

  @Test
  void aSumAndADifferenceShareTheExclusiveOrOfTheirOperands() {
    Component pair = new Component.SumAndDifference(20);
    assertThat(List.of(pair.size(), pair.feature(Feature.FUNCTIONS))).containsExactly(31.0, 20.0);
  }

  @ParameterizedTest
  @CsvSource({"true, 8", "false, 0"})
  void aNegationThatIsAlwaysDoneTakesNoLookupTables(boolean conditional, double functions) {
    assertThat(new Component.Negator(8, conditional).feature(Feature.FUNCTIONS))
        .isEqualTo(functions);
  }

  /** A selector of four fills a six-input lookup table: xapp522 builds those of 8 and 16 of 2 + 1 and 4 + 1. */
  @ParameterizedTest
  @CsvSource({"2, 1", "4, 1", "8, 3", "9, 3", "14, 5", "16, 5"})
  void aSelectorTakesALookupTableForThreeOfItsMultiplexers(int ways, double functions) {
    assertThat(new Component.Multiplexer(ways, 1).feature(Feature.FUNCTIONS)).isEqualTo(functions);
  }

  @Test
  void aCarryRunsThroughAllBitsOfAnAdder() {
    assertThat(new Component.Adder(18).carryBits()).isEqualTo(18);
  }

  @Test
  void aShifterHasNoCarry() {
    assertThat(new Component.Shifter(8, 7).carryBits()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"8, 7, 8, 24", "8, 8, 8, 32", "8, 7, 15, 35", "1, 1, 2, 2", "4, 5, 9, 21"})
  void aShifterHasAMultiplexerForEachBitThatCanBeOccupied(
      int input, int most, int output, int multiplexers) {
    assertThat(new Component.Shifter(input, most, output).size()).isEqualTo(multiplexers);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 0", "2, 2, 4, 1", "8, 8, 64, 49", "4, 1, 4, 0", "11, 24, 264, 230"})
  void aMultiplierHasPartialProductsAndFullAdders(int m, int n, int products, int fullAdders) {
    Component multiplier = new Component.Multiplier(m, n);
    assertThat(List.of(multiplier.feature(Feature.SIZE), multiplier.feature(Feature.CARRIES)))
        .containsExactly((double) products, (double) fullAdders);
  }

  @Test
  void aPartSharedByFourUnitsCostsEachAQuarter() {
    Inventory.Line line =
        new Inventory.Line(Role.TABLE, "table", new Component.Register(64), 2, 0.5, 4);
    assertThat(List.of(line.perUnit(Feature.SIZE), line.perPass(Feature.SIZE)))
        .containsExactly(32.0, 16.0);
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "2, '9x1'", "5, '9x2 10x1 11x1'", "8, '9x4 10x2 11x1'"})
  void aTreeHasALevelForEachHalvingOfItsTerms(int terms, String expected) {
    Inventory tree =
        new InventoryBuilder().addTree(Role.ALIGNER_AND_TREE, "tree", terms, 8, 1, 1).build();
    String levels =
        String.join(
            " ",
            tree.lines().stream()
                .map(line -> (int) line.component().size() + "x" + line.instances())
                .toList());
    assertThat(levels).isEqualTo(expected);
  }

  @Test
  void aShifterMayNotLoseBitsItWasGiven() {
    assertThatThrownBy(() -> new Component.Shifter(8, 3, 7))
        .hasMessage("shifter output bits must be at least 8: 7");
  }
}
