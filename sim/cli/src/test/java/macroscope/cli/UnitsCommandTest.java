package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsCommandTest {

  private static final String HOPPER = "nvidia.hopper.wgmma.m64n256k32.f32.e4m3.e4m3";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void everyInstructionAndDatapathIsListedOnceInCsv() {
    assertThat(run("units", "--csv")).isZero();
    assertThat(out.toString().lines().skip(1))
        .hasSizeGreaterThan(100)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("(nvidia|amd|intel)[.].*|[a-z0-9_]+,.*"));
  }

  @Test
  void aPublishedDatapathIsDescribedByItsName() {
    assertThat(run("units", "lut_tensor_core")).isZero();
    assertThat(out.toString())
        .contains("ISCA'25", "2 bit planes", "which a table stores 8", "a pass every 2 cycles");
  }

  @Test
  void aParameterOfAPublishedDatapathCanBeGivenAnew() {
    assertThat(run("units", "lut_tensor_core:weights=int5")).isZero();
    assertThat(out.toString()).contains("as spelled", "a pass every 5 cycles");
  }

  @Test
  void aUnitIsDescribedWithItsArithmeticAndSource() {
    assertThat(run("units", HOPPER)).isZero();
    assertThat(out.toString())
        .contains(
            "cut toward zero 13 fraction bits", "MMA-Sim c785138", "Pipeline: ", "multiplier");
  }

  @Test
  void aUnitIsDescribedWithItsRulesAndRegisters() {
    assertThat(run("units", "amd.cdna3.mfma.f32_16x16x8_xf32")).isZero();
    assertThat(out.toString())
        .contains(
            "toward_zero then toward_negative",
            "a term of a second aligned sum",
            "a xf32 (low 13 bits dropped)",
            "products: 8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+promote:interval=128 | fused, promoted every 128 | Every 128 products, added from zero",
        "+sparse | fused, sparse | No outside vectors exist",
        "+sparse:side=left | e4m3fn 2of4 | elements along K of the left operand at most 2",
        "+dequantize:weights=int4 | int4 to e4m3fn | times their scale in e4m3fn",
        "+dequantize:weights=int4,scale=after | fused, dequantized | come after the products",
        "+dequantize:weights=uint4,zero=fused | uint4 to e4m3fn | fused multiply-add"
      })
  void anOptionIsDescribedWithTheUnit(String option, String parameter, String arithmetic) {
    assertThat(run("units", HOPPER + option)).isZero();
    assertThat(out.toString())
        .contains(parameter, arithmetic, "cut toward zero 13 fraction bits", "no outside vectors");
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia.turing.mma.m8n8k128.s32.b1.b1.s32.xor.popc, exclusive or",
    "nvidia.ampere.mma.m16n8k256.s32.b1.b1.s32.and.popc, conjunction"
  })
  void aBinaryInstructionIsDescribed(String name, String gate) {
    assertThat(run("units", name)).isZero();
    assertThat(out.toString()).contains(gate, "PTX ISA", "count of ones level 1");
  }

  @Test
  void jsonIsOneObjectWithTheBillOfMaterials() {
    assertThat(run("units", HOPPER, "--json")).isZero();
    assertThat(out.toString())
        .startsWith("{\"unit\":{\"name\":\"nvidia.hopper")
        .contains("\"inventory\":[{\"role\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fused:a=e5m2,length=32,group_length=16,kept_fraction_bits=13",
        "interleaved:a=e4m3fn,length=32,kept_fraction_bits=25",
        "block_scaled:a=e4m3fn,length=32,kept_fraction_bits=25",
        "scaled_group:a=e2m1fn,scale=ue4m3,length=64,group_length=16,kept_fraction_bits=35",
        "kulisch:a=e4m3fn,length=16,terms=1024",
        "integer_mac:a=int8,length=16,accumulator_bits=32",
        "binary_mac:operation=and,length=256",
        "bit_planes:a=uint8,b=uint2,length=128",
        "fma_chain:format=binary32,length=4",
        "lookup_table:weight_bits=4,activation_group=32,tables_per_call=8"
      })
  void everyFamilyCanBeSpelled(String name) {
    assertThat(run("units", name)).isZero();
    assertThat(out.toString()).contains(name, "as spelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp8-half-split", "mxfp6-floor"})
  void aUnitOfTheUsersOwnIsDescribedAndPriced(String name) {
    assertThat(run("units", name)).isZero();
    assertThat(run("cost", name, "--technology", "7nm")).isZero();
    assertThat(out.toString()).contains(name, "energy of a product");
  }

  @Test
  void anInstructionNamesItsOtherReadings() {
    assertThat(run("units", "amd.cdna1.mfma.f32_4x4x4f16")).isZero();
    assertThat(out.toString()).contains("another reading:\n  +exact_sum: a group of");
  }

  @Test
  void aReadingThatAnInstructionHasNotIsOneLineAndExitCodeTwo() {
    assertThat(run("units", "amd.cdna2.mfma.f32_4x4x4f16+exact_sum")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("other readings");
  }

  @Test
  void anUnknownNameIsOneLineAndExitCodeTwo() {
    assertThat(run("units", "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m4")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("e4m3.e4m3");
  }

  @Test
  void aPartOfANameListsAllThatHaveIt() {
    assertThat(run("units", "Hopper.wgmma.m64n8k32.f", "--csv")).isZero();
    assertThat(out.toString().lines().skip(1))
        .hasSize(8)
        .allMatch(line -> line.startsWith("nvidia.hopper.wgmma."));
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia.hoper.wgmma, similar are nvidia.hopper.wgmma",
    "fp8-half-splt, did you mean fp8-half-split?",
    "amd.cdna3.mfma.f32_16x16x32_fp8_fp9, did you mean amd.cdna3.mfma.f32_16x16x32_",
    "intel.xeonamx.tdpbssd.s32, similar are intel.xeonamx.tdpbssd",
    "something, units lists all"
  })
  void anUnknownNameIsToldItsNearest(String wrong, String hint) {
    assertThat(run("units", wrong)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(hint);
  }

  @Test
  void aMisspelledParameterIsOneLineAndExitCodeTwo() {
    assertThat(run("units", "kulisch:a=e4m3fn,lenght=16")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("length is missing");
  }
}
