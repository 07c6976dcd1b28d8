package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import macroscope.format.IntegerFormat;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferenceUnit;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Instructions that no vectors from outside exist for. */
class InstructionsWithoutVectorsTest {

  private static final List<String> SMALL = List.of("e5m2", "e4m3", "e3m2", "e2m3", "e2m1");

  /** Every pair of types of f8f6f4, with both results. */
  static Stream<String> smallFloats() {
    return Stream.of(
            "blackwell.tcgen05mma.m64n8k32.f32.%s.%s",
            "blackwell.tcgen05mma.m64n8k32.f16.%s.%s",
            "rtxblackwell.mma.m16n8k32.f32.%s.%s.f32",
            "rtxblackwell.mma.m16n8k32.f16.%s.%s.f16")
        .flatMap(
            name -> SMALL.stream().flatMap(a -> SMALL.stream().map(b -> name.formatted(a, b))));
  }

  private static Instruction instruction(String name) {
    return Units.find("nvidia." + name).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("smallFloats")
  void everyPairOfSmallFloatsIsAFusedDotProductOf25FractionBits(String name) {
    FusedDotSpec spec = (FusedDotSpec) instruction(name).unit();
    assertThat(spec.keptFractionBits()).isEqualTo(25);
    ReferenceUnit twin = new ReferenceFusedDot(spec);
    TwinCheck check = new TwinCheck(Units.create(spec), twin, spec.a(), spec.b(), 25);
    assertThat(check.differences(Draw.RAW, 2, 9, 32, 32)).isEmpty();
  }

  static Stream<String> scaledSmallFloats() {
    return Stream.of(
            "blackwell.tcgen05mma.block_scale.m128n8k32.block32.f32.%s.%s.ue8m0",
            "rtxblackwell.mma.block_scale.m16n8k32.block32.f32.%s.%s.f32.ue8m0")
        .flatMap(
            name -> SMALL.stream().flatMap(a -> SMALL.stream().map(b -> name.formatted(a, b))));
  }

  @ParameterizedTest
  @MethodSource("scaledSmallFloats")
  void everyPairOfSmallFloatsCanBeBlockScaled(String name) {
    assertThat(instruction(name).unit())
        .isInstanceOfSatisfying(
            BlockScaledDotSpec.class,
            s -> {
              assertThat(s.blockLength()).isEqualTo(32);
              assertThat(s.dot().keptFractionBits()).isEqualTo(25);
            });
  }

  /** 6 x 6 x 32 in FP4, 28 x 28 x 32 in FP6: far from any rounding. */
  @ParameterizedTest
  @CsvSource({"e2m1, 7, 1152", "e3m2, 1f, 25088", "e2m3, 1f, 1800"})
  void theLargestSmallFloatsAddUpExactly(String type, String code, float sum) {
    Instruction one = instruction("blackwell.tcgen05mma.m64n8k32.f32.%s.%s".formatted(type, type));
    long[] x = new long[32];
    Arrays.fill(x, Long.parseLong(code, 16));
    assertThat(Float.intBitsToFloat((int) one.dot(Units.create(one.unit()), x, x, 0)))
        .isEqualTo(sum);
  }

  @ParameterizedTest
  @CsvSource({
    "turing.mma.m8n8k16.s32.s8.u8.s32, 16",
    "ampere.mma.m16n8k32.s32.u8.s8.s32, 32",
    "hopper.wgmma.m64n8k32.s32.s8.s8, 32",
    "blackwell.tcgen05mma.m64n8k32.satfinite.s32.u8.u8, 32",
    "turing.mma.m8n8k32.satfinite.s32.s4.u4.s32, 32",
    "rtxblackwell.mma.m16n8k64.s32.u4.s4.s32, 64"
  })
  void integerInstructionsEqualTheirTwin(String name, int k) {
    IntegerMacSpec spec = (IntegerMacSpec) instruction(name).unit();
    ReferenceUnit twin = new ReferenceIntegerMac(spec);
    TwinCheck check = new TwinCheck(Units.create(spec), twin, spec.a(), spec.b(), 32);
    assertThat(spec.length()).isEqualTo(k);
    assertThat(check.differences(Draw.RAW, 3, 9, 2 * k, k)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ampere.mma.m16n8k32.s32.u8.s8.s32, 2147479648",
    "ampere.mma.m16n8k32.satfinite.s32.u8.s8.s32, -2147483648"
  })
  void integersWrapUnlessTheySaturate(String name, long sum) {
    Instruction one = instruction(name);
    long[] x = new long[32];
    long[] y = new long[32];
    x[0] = 40;
    y[0] = 156;
    long d = one.dot(Units.create(one.unit()), x, y, 0x8000_0000L);
    assertThat(((IntegerFormat) one.d().format()).integer(d)).isEqualTo(sum);
  }

  @ParameterizedTest
  @CsvSource({"cdna1.mfma.i32_32x32x8i8, 8", "cdna3.mfma.i32_16x16x32_i8, 32"})
  void matrixCoresHaveIntegersToo(String name, int k) {
    Instruction one = Units.find("amd." + name).orElseThrow();
    assertThat(one.unit())
        .isInstanceOfSatisfying(
            IntegerMacSpec.class,
            s -> {
              assertThat(s.length()).isEqualTo(k);
              assertThat(s.saturating()).isFalse();
            });
  }

  @Test
  void instructionsAreGroupedByArchitecture() {
    List<String> changes = Units.all().stream().map(Instruction::architecture).distinct().toList();
    String last = "";
    long runs = 0;
    for (Instruction one : Units.all()) {
      runs += one.architecture().equals(last) ? 0 : 1;
      last = one.architecture();
    }
    assertThat(runs).isEqualTo(changes.size());
  }

  /** Where an architecture multiplies binary16, it also adds in binary16. */
  @Test
  void everyTensorCoreAddsInBinary16() {
    assertThat(Units.all())
        .filteredOn(
            i ->
                i.mnemonic()
                    .matches("(mma|wgmma|tcgen05mma)\\.m\\d+n\\d+k\\d+\\.f32\\.f16\\.f16(\\.f32)?"))
        .hasSizeGreaterThan(14)
        .allSatisfy(
            i -> assertThat(Units.find(i.name().replace(".f32", ".f16"))).as(i.name()).isPresent());
  }

  @Test
  void aRowOfTheTableHasNoAlternativesLeft() {
    assertThat(Units.all())
        .noneMatch(i -> i.name().contains("|") || i.name().contains("{"))
        .noneMatch(i -> i.architecture().contains("|"));
  }
}
