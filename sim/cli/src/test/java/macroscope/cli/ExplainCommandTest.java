package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {

  private static final String HOPPER = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";
  private static final String NVFP4 =
      "nvidia.blackwell.tcgen05mma.block_scale.m128n8k64.block16.f32.e2m1.e2m1.ue4m3";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void aTableShowsWhatIsCutOff() {
    assertThat(run("explain", HOPPER, "--a", "7e,38", "--b", "7e_b8")).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains("a[1]*b[1]")))
        .singleElement()
        .asString()
        .contains("-1.0", "+0.0000000000000", "001");
    assertThat(out.toString()).contains("d = 0x48440000 = 200704.0");
  }

  @Test
  void csvHasARowForEachTermSumAndRounding() {
    assertThat(run("explain", HOPPER, "--a", "7e", "--b", "7e", "--csv")).isZero();
    assertThat(out.toString().lines()).hasSize(1 + 33 + 2);
  }

  @Test
  void jsonIsOneObjectWithTheResult() {
    assertThat(run("explain", HOPPER, "--a", "7e", "--b", "7e", "--json")).isZero();
    assertThat(out.toString()).startsWith("{\"unit\":").contains("\"result_hex\":\"0x48440000\"");
  }

  /** 0.5 * 6 * 2 * 2: scales of 2 on both sides. */
  @Test
  void scalesOfBlocksAreApplied() {
    assertThat(run("explain", NVFP4, "--a", "1", "--b", "7", "--scale-a", "40", "--scale-b", "40"))
        .isZero();
    assertThat(out.toString()).contains("= 12.0;");
  }

  @Test
  void aUnitOfTheUsersOwnTakesPlainCodes() {
    assertThat(run("explain", "fp8-half-split", "--a", "38", "--b", "3c", "--c", "3f800000"))
        .isZero();
    assertThat(out.toString()).contains("= 2.0;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7e | 7e,7e | 0 | --b: must list as many codes as --a",
        "7g | 7e | 0 | --a: a code must be hex digits",
        "17e | 7e | 0 | --a: a code must fit in 8 bits: 17e",
        "7e | 7e | 0_0 | --c: must be one code",
        "7e | 7e | 123456789 | --c: a code must fit in 32 bits"
      })
  void aMistakeIsOneLineAndExitCodeTwo(String a, String b, String c, String message) {
    assertThat(run("explain", HOPPER, "--a", a, "--b", b, "--c", c)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
  }

  @Test
  void theExactResultAndThatOfBinary32StandBelow() {
    assertThat(run("explain", HOPPER, "--a", "7e,38", "--b", "7e,38")).isZero();
    assertThat(out.toString())
        .contains(
            "exact result:            200705.0, error -1.0 (5.0e-06 of it)",
            "binary32 multiply-adds:  200705.0, no error");
  }

  @Test
  void numbersMayStandForCodes() {
    assertThat(run("explain", HOPPER, "--a", "448.0,+1", "--b", "448.0,-1.0", "--c=-0.5")).isZero();
    assertThat(out.toString()).contains("exact result:            200702.5");
  }

  @ParameterizedTest
  @CsvSource({
    "intel.xeonamx.tdpbf16ps, 1.0, 3f80, = 1.0;",
    "intel.xeonamx.tdpbusd, 2.0, 3.0, = 6.0;",
    "amd.cdna2.mfma.f32_16x16x16f16, 0.5, 0.5, = 0.25;",
    "amd.cdna3.mfma.f32_16x16x32_fp8_fp8, 240.0, 240.0, = 57600.0;",
    "nvidia.ampere.mma.m8n8k4.f64.f64.f64.f64, 0.1, 1.0, = 0.1;",
    "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32, 0.5, 0.5, = 0.25;",
    "kulisch:a=e4m3fn;length=4;terms=64, 1.5, 1.5, = 2.25;"
  })
  void everyFamilyIsExplained(String unit, String a, String b, String result) {
    assertThat(run("explain", unit.replace(';', ','), "--a", a, "--b", b)).isZero();
    assertThat(out.toString()).contains(result, "exact result:");
  }

  @Test
  void lookupsAreShown() {
    String table = "lookup_table:weight_bits=2,activation_group=32,tables_per_call=8";
    assertThat(run("explain", table, "--a", "1.5,-2.25,0.5", "--b", "1,3,2", "--scale-b", "0.5"))
        .isZero();
    assertThat(out.toString())
        .contains("table 0, plane 1: +a[0] -a[1] -a[2] +a[3]", "bias, minus the sum", "d = 0x");
  }

  @Test
  void weightsAreShownAsTheyBecomeOperands() {
    String unit = "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32+dequantize:weights=int4";
    assertThat(run("explain", unit, "--a", "3c00,4000", "--b", "f,3", "--scale-b", "0.25"))
        .isZero();
    assertThat(out.toString()).contains("b[0] = int4 f", "-0.25", "0xb400", "exact result:");
  }

  @Test
  void countsOfBitsAreShown() {
    assertThat(run("explain", "bit_planes:a=int2,length=64", "--a", "1,3", "--b", "1,1")).isZero();
    assertThat(out.toString()).contains("a plane 0 AND b plane 0: 2 ones, times 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32+dequantize:weights=int4 | 3c00 | 10"
            + " | --b: a code must fit in 4 bits: 10",
        "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32+sparse | 0,0,0 | 3c00,3c00,3c00 | at most 2",
        "bitnet_tl1 | 01 | 2 | ternary weights must be -1, 0 or 1: -2"
      })
  void operandsThatAUnitCannotReadAreOneLine(String unit, String a, String b, String rule) {
    assertThat(run("explain", unit, "--a", a, "--b", b)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(rule);
  }
}
