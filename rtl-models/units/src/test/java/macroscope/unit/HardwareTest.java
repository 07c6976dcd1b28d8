package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import macroscope.hardware.Role;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Widths and parts of every family, derived by hand. */
class HardwareTest {

  private static final FloatFormat BINARY32 =
      new FloatFormat("binary32", true, 8, 23, 127, SpecialValues.IEEE, true);

  private static FloatFormat allFinite(int exponentBits, int fractionBits) {
    int bias = (1 << (exponentBits - 1)) - 1;
    String name = "e" + exponentBits + "m" + fractionBits;
    return new FloatFormat(
        name, true, exponentBits, fractionBits, bias, SpecialValues.FINITE, true);
  }

  private static IntegerFormat integer(int bits) {
    return new IntegerFormat("int" + bits, bits, true, false, 0);
  }

  /** (Ya+1)+(Yb+1) + 2 (2^X - 2) + 1: significands, spans of the exponents, sign. */
  @ParameterizedTest
  @CsvSource({
    "2, 1, 9",
    "1, 2, 7",
    "3, 0, 15",
    "2, 2, 11",
    "2, 3, 13",
    "3, 2, 19",
    "3, 3, 21",
    "4, 3, 37",
    "5, 2, 67",
    "5, 10, 83",
    "8, 7, 525"
  })
  void anExactProductHasTheBitsOfItsRange(int exponentBits, int fractionBits, int bits) {
    FloatFormat format = allFinite(exponentBits, fractionBits);
    assertThat(KulischHardware.productBits(format, format)).isEqualTo(bits);
  }

  /** Dotzel et al., ICML 2024, Table 10: accumulators that are exact for 256 terms. */
  @Test
  void anE2m1AccumulatorOf256TermsHas17Bits() {
    FloatFormat e2m1 = allFinite(2, 1);
    assertThat(KulischHardware.accumulatorBits(e2m1, e2m1, 256)).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({"4, 256, 16", "5, 256, 18", "8, 1024, 26"})
  void anExactIntegerAccumulatorHasTheBitsOfItsSum(int operand, int terms, int bits) {
    assertThat(IntegerMacHardware.exactAccumulatorBits(integer(operand), integer(operand), terms))
        .isEqualTo(bits);
  }

  @Test
  void anInt8MacHasTheseParts() {
    IntegerMacSpec spec = new IntegerMacSpec("int8", integer(8), integer(8), 2, 32, false);
    assertThat(parts(IntegerMacHardware.inventory(spec)))
        .containsExactly(
            "2 Register[bits=16]",
            "2 Multiplier[m=8, n=8]",
            "1 Adder[bits=17]",
            "1 Adder[bits=32]",
            "1 Register[bits=32]",
            "1 Register[bits=1]");
  }

  @Test
  void anE2m1KulischUnitHasThesePartsBeforeItsConversion() {
    FloatFormat e2m1 = allFinite(2, 1);
    assertThat(parts(KulischHardware.fixedPointInventory(e2m1, e2m1, 2, 19)))
        .containsExactly(
            "2 Register[bits=8]",
            "2 Multiplier[m=2, n=2]",
            "2 Adder[bits=3]",
            "2 Shifter[inputBits=4, maxShift=4, outputBits=8]",
            "2 Negator[bits=8, conditional=true]",
            "1 Adder[bits=10]",
            "1 Adder[bits=19]",
            "1 Register[bits=19]",
            "1 Register[bits=1]");
  }

  @Test
  void theConversionOfAKulischSumWorksOncePerSum() {
    FloatFormat e2m1 = allFinite(2, 1);
    KulischSpec spec = new KulischSpec("e2m1", e2m1, e2m1, 4, 1024, BINARY32);
    assertThat(KulischHardware.inventory(spec).lines())
        .filteredOn(line -> line.role() == Role.QUANTIZER)
        .isNotEmpty()
        .allMatch(line -> line.usesPerPass() == 4.0 / 1024);
  }

  private static FusedDotSpec hopperFp8() {
    FloatFormat e4m3 = new FloatFormat("e4m3fn", true, 4, 3, 7, SpecialValues.FN, true);
    return new FusedDotSpec("fp8", e4m3, e4m3, BINARY32, 32, 32, 13, RoundingMode.TOWARD_ZERO, 13);
  }

  @Test
  void aWindowKeepsTwoIntegerBitsAboveItsFraction() {
    assertThat(FusedDotHardware.windowBits(hopperFp8())).isEqualTo(15);
  }

  /** F + 2 + ceil(log2(k + 1)) + 1. */
  @Test
  void aSumOf32ProductsAndAnAddendCarriesSixBitsAndASign() {
    assertThat(FusedDotHardware.sumBits(hopperFp8())).isEqualTo(22);
  }

  @Test
  void anE8m13ResultLeavesTenFractionBitsOfBinary32Zero() {
    assertThat(FusedDotHardware.resultBits(hopperFp8())).isEqualTo(22);
  }

  @Test
  void groupsOfASplitInstructionFollowEachOther() {
    FloatFormat half = new FloatFormat("binary16", true, 5, 10, 15, SpecialValues.IEEE, true);
    FusedDotSpec spec =
        new FusedDotSpec("split", half, half, BINARY32, 16, 8, 24, RoundingMode.TOWARD_ZERO, 23);
    assertThat(FusedDotHardware.pipeline(spec).initiationInterval()).isEqualTo(2);
  }

  private static LookupTableSpec lookup(int weightBits, int activationGroup, Aggregation how) {
    return new LookupTableSpec(
        "lut", weightBits, 128, activationGroup, 16, NumberSystem.FP16_NEON, how);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void aLookupUnitTakesACycleForEachWeightBit(int weightBits) {
    assertThat(
            LookupTableHardware.pipeline(lookup(weightBits, 64, Aggregation.EXACT))
                .initiationInterval())
        .isEqualTo(weightBits);
  }

  @ParameterizedTest
  @CsvSource({"64, EXACT, 12", "32, EXACT, 11", "64, FAST_CORRECTED, 8"})
  void aSumOfEntriesGrowsABitForEachLevelUnlessItIsAveraged(
      int activationGroup, Aggregation how, int bits) {
    assertThat(LookupTableHardware.sumBits(lookup(2, activationGroup, how))).isEqualTo(bits);
  }

  @Test
  void aHalfTableStoresEightEntriesOfEightBits() {
    assertThat(LookupTableHardware.inventory(lookup(2, 64, Aggregation.EXACT)).lines())
        .filteredOn(line -> line.name().equals("table storage"))
        .singleElement()
        .matches(line -> line.component().equals(new Component.Register(64)))
        .matches(line -> line.instances() == 16 && line.sharedBy() == 64);
  }

  /** Table, builder and quantizer; the array decides unless the unit says how far a table reaches. */
  @ParameterizedTest
  @CsvSource({"0, 128, 128", "0, 4, 4", "32, 128, 32", "32, 16, 16"})
  void tablesAreDividedAmongTheUnitsThatGetTheSameActivations(int most, int columns, int shares) {
    LookupTableSpec spec =
        new LookupTableSpec("lut", 2, 128, 64, 16, NumberSystem.FP16_NEON, Aggregation.EXACT, most);
    assertThat(LookupTableHardware.inventory(spec).inArray(columns, 7).lines())
        .filteredOn(line -> line.sharing().isPresent())
        .hasSizeGreaterThan(10)
        .allMatch(line -> line.sharedBy() == shares);
  }

  @ParameterizedTest
  @EnumSource(names = "FAST_UNSIGNED_AVERAGE", mode = EnumSource.Mode.EXCLUDE)
  void aSelectorReadsEachTableOnceForEachWeightBit(Aggregation how) {
    assertThat(LookupTableHardware.inventory(lookup(3, 64, how)).lines())
        .filteredOn(line -> line.component() instanceof Component.Multiplexer)
        .singleElement()
        .matches(line -> line.instances() == 16 && line.usesPerPass() == 3);
  }

  /** Pairs of inventories of one family whose second is of a format or a width one larger. */
  static Stream<List<Inventory>> widerByOne() {
    List<List<Inventory>> pairs = new ArrayList<>();
    for (int exponent = 2; exponent <= 5; exponent++) {
      for (int fraction = 1; fraction <= 6; fraction++) {
        FloatFormat narrow = allFinite(exponent, fraction);
        for (FloatFormat wide :
            List.of(allFinite(exponent, fraction + 1), allFinite(exponent + 1, fraction))) {
          pairs.add(List.of(kulisch(narrow), kulisch(wide)));
          pairs.add(List.of(fused(narrow, 13), fused(wide, 13)));
          pairs.add(List.of(fused(narrow, 13), fused(narrow, 14)));
        }
      }
    }
    for (int bits = 2; bits < 16; bits++) {
      pairs.add(List.of(mac(bits), mac(bits + 1)));
    }
    for (int bits = 1; bits < 4; bits++) {
      pairs.add(
          List.of(
              LookupTableHardware.inventory(lookup(bits, 64, Aggregation.FAST_CORRECTED)),
              LookupTableHardware.inventory(lookup(bits, 64, Aggregation.EXACT))));
    }
    return pairs.stream();
  }

  private static Inventory kulisch(FloatFormat format) {
    return KulischHardware.inventory(new KulischSpec("k", format, format, 4, 1024, BINARY32));
  }

  private static Inventory fused(FloatFormat format, int kept) {
    return FusedDotHardware.inventory(
        new FusedDotSpec("f", format, format, BINARY32, 8, 8, kept, RoundingMode.TOWARD_ZERO, 23));
  }

  private static Inventory mac(int bits) {
    IntegerFormat format = integer(bits);
    int accumulator = Math.max(8, IntegerMacHardware.exactAccumulatorBits(format, format, 1024));
    return IntegerMacHardware.inventory(
        new IntegerMacSpec("i", format, format, 4, accumulator, false));
  }

  @ParameterizedTest
  @MethodSource("widerByOne")
  void aWiderFormatNeverNeedsLessOfAnyKindOfPart(List<Inventory> pair) {
    Map<String, Double> wide = sizes(pair.get(1));
    assertThat(sizes(pair.get(0)))
        .allSatisfy(
            (kind, size) -> assertThat(wide.get(kind)).as(kind).isGreaterThanOrEqualTo(size));
  }

  private static Map<String, Double> sizes(Inventory inventory) {
    Map<String, Double> sizes = new HashMap<>();
    inventory
        .lines()
        .forEach(
            line -> sizes.merge(line.component().kind(), line.perUnit(Feature.SIZE), Double::sum));
    return sizes;
  }

  private static List<String> parts(Inventory inventory) {
    return inventory.lines().stream()
        .map(line -> line.instances() + " " + line.component())
        .toList();
  }
}
