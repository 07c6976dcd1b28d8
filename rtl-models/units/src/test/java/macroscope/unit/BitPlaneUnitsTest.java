package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Shifter;
import macroscope.reference.ReferenceBinaryMac;
import macroscope.reference.ReferenceIntegerProducts;
import macroscope.unit.BinaryMacSpec.Operation;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BitPlaneUnitsTest {

  private static final NumberFormat BIT = Formats.canonical("uint1");

  private static BitPlaneMacSpec planes(String a, String b, int accumulatorBits, int arrays) {
    return new BitPlaneMacSpec(
        "test", Formats.canonical(a), Formats.canonical(b), 128, accumulatorBits, arrays);
  }

  static Stream<BitPlaneMacSpec> widths() {
    return Stream.of(
        planes("uint4", "uint2", 32, 1),
        planes("int4", "int3", 32, 1),
        planes("uint8", "int2", 12, 4),
        planes("int1", "uint1", 8, 1),
        planes("int8", "int8", 16, 1),
        planes("int16", "int5", 63, 1),
        planes("planes1", "planes1", 32, 1),
        planes("planes3", "planes2", 32, 6),
        planes("planes4", "planes4", 8, 1));
  }

  @ParameterizedTest
  @MethodSource("widths")
  void countsOfPlanesAreProductsOfIntegers(BitPlaneMacSpec spec) {
    TwinCheck check =
        new TwinCheck(
            new BitPlaneMacUnit(spec), new ReferenceIntegerProducts(spec), spec.a(), spec.b(), 5);
    assertThat(check.differences(Draw.RAW, 5, 9, 333, 70)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void binaryInstructionsEqualTheirTwin(Operation operation) {
    BinaryMacSpec spec = new BinaryMacSpec("test", operation, 128, 8);
    TwinCheck check =
        new TwinCheck(new BinaryMacUnit(spec), new ReferenceBinaryMac(spec), BIT, BIT, 6);
    assertThat(check.differences(Draw.RAW, 5, 9, 500, 129)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia.turing.mma.m8n8k128.s32.b1.b1.s32.xor.popc, 128, 96",
    "nvidia.ampere.mma.m16n8k256.s32.b1.b1.s32.and.popc, 256, 64",
    "nvidia.hopper.wgmma.m64n8k256.s32.b1.b1.and.popc, 256, 64"
  })
  void binaryInstructionsCount(String name, int k, long sum) {
    Instruction instruction = Units.find(name).orElseThrow();
    long[] x = new long[k];
    long[] y = new long[k];
    Arrays.fill(x, 0, k / 4, 1);
    Arrays.fill(y, k / 2, k, 1);
    Arrays.fill(y, 0, instruction.mnemonic().contains("and") ? k / 4 : 0, 1);
    assertThat(instruction.dot(Units.create(instruction.unit()), x, y, 0)).isEqualTo(sum);
  }

  @Test
  void turingHasNoConjunction() {
    assertThat(Units.find("nvidia.turing.mma.m8n8k128.s32.b1.b1.s32.and.popc")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "4, 3", "5, 3", "12, 1"})
  void aPassTakesACycleForEachPairOfPlanesOfAnArray(int arrays, int cycles) {
    DotProductUnit<?> unit = new BitPlaneMacUnit(planes("uint4", "uint3", 32, arrays));
    assertThat(unit.pipeline().initiationInterval()).isEqualTo(cycles);
  }

  @Test
  void anArrayHasAGateForEachBitAndWorksOnAllItsPairs() {
    assertThat(new BitPlaneMacUnit(planes("uint4", "uint3", 32, 4)).inventory().lines())
        .filteredOn(line -> line.component().equals(new Multiplier(1, 1)))
        .singleElement()
        .matches(line -> line.instances() == 4 * 128 && line.usesPerPass() == 3);
  }

  @Test
  void countsAreShiftedByThePlacesOfTwoPlanes() {
    assertThat(new BitPlaneMacUnit(planes("uint4", "uint3", 32, 1)).inventory().lines())
        .filteredOn(line -> line.component() instanceof Shifter)
        .singleElement()
        .matches(line -> line.component().equals(new Shifter(8, 5, 13)));
  }

  @Test
  void planesOfSignsMeetInExclusiveOr() {
    assertThat(new BitPlaneMacUnit(planes("planes2", "planes2", 32, 1)).inventory().lines())
        .filteredOn(line -> line.component().equals(new Negator(1)))
        .singleElement()
        .matches(line -> line.instances() == 128);
  }

  @Test
  void arraysSideBySideAreAddedUp() {
    assertThat(new BitPlaneMacUnit(planes("uint2", "uint2", 32, 4)).inventory().lines())
        .filteredOn(line -> line.name().startsWith("sum of arrays"))
        .hasSize(2);
  }

  @Test
  void aLongerArrayCountsInMoreBits() {
    assertThat(BitPlaneHardware.countBits(127)).isEqualTo(7);
    assertThat(BitPlaneHardware.countBits(128)).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint4 | planes2 | 1 | planes of -1 and 1 go with planes of -1 and 1: uint4, planes2",
        "uint4 | nf4 | 1"
            + " | operands must be integers or bit planes of -1 and 1 (planes<N>): nf4",
        "e4m3fn | uint4 | 1"
            + " | operands must be integers or bit planes of -1 and 1 (planes<N>): e4m3fn",
        "q2.2 | uint4 | 1"
            + " | operands must be integers or bit planes of -1 and 1 (planes<N>): q2.2",
        "uint4 | int32 | 1 | bits of int32 must be 1..16: 32",
        "uint4 | uint2 | 9 | binary arrays must be 1..8: 9"
      })
  void operandsThatHaveNoSuchPlanesAreRefused(String a, String b, int arrays, String rule) {
    assertThatThrownBy(() -> planes(a, b, 32, arrays)).hasMessage(rule);
  }

  @Test
  void anotherFormatIsRefused() {
    BitPlaneMacUnit unit = new BitPlaneMacUnit(planes("uint4", "uint2", 32, 1));
    assertThatThrownBy(
            () -> unit.prepareB(TwinCheck.matrix(Formats.canonical("int2"), 1, 1, new long[1])))
        .hasMessage("operand format must be uint2: int2");
  }

  /** What a name leaves out is no other format. */
  @Test
  void integersThatAreNeverLeastHaveTheSameCodes() {
    BitPlaneMacUnit unit = new BitPlaneMacUnit(planes("int4", "int2", 32, 1));
    assertThat(
            unit.prepareA(TwinCheck.matrix(Formats.canonical("int4sym"), 1, 1, new long[] {8}))
                .shape()
                .depth())
        .isEqualTo(1);
  }
}
