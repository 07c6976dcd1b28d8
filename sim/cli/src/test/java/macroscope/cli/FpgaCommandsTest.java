package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of programmable devices. */
class FpgaCommandsTest {

  private static final Path CONFIGS = Path.of(System.getProperty("macroscope.home"), "configs");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private JsonNode json(String... arguments) throws IOException {
    assertThat(run(arguments)).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void devicesAreListed() {
    assertThat(run("devices", "--csv")).isZero();
    assertThat(out.toString()).contains("u280,", "vc1902,", "zynq-7020,XC7Z020", "dsp48e1,53200,");
  }

  @Test
  void aDeviceNamesTheSourceOfEveryNumber() {
    assertThat(run("devices", "vc1902")).isZero();
    assertThat(out.toString()).contains("AM004", "memory; DS950", "0.7", "clock [MHz]");
  }

  @Test
  void theFitOfAUnitSaysWhatBinds() throws IOException {
    JsonNode row =
        json("units", "kulisch:a=e4m3fn,length=16,terms=1024", "--device", "u280", "--json").get(0);
    double luts = row.get("lut_per_unit").doubleValue();
    assertThat(row.get("units").longValue()).isEqualTo((long) Math.floor(0.7 * 1069000 / luts));
    assertThat(row.get("binding").textValue()).isEqualTo("lut");
  }

  /** int8 two a slice: what the slices of the U280 do, 8 products of two dot products for each. */
  @Test
  void dspSlicesBindWhereProductsAreInThem() throws IOException {
    JsonNode row =
        json(
                "units",
                "packed_mac:packing=int8_dsp48e2,length=16,accumulator_bits=20",
                "--device",
                "u280",
                "--json")
            .get(0);
    assertThat(row.get("binding").textValue()).isEqualTo("dsp");
    assertThat(row.get("units").longValue()).isEqualTo((long) Math.floor(0.8 * 8490 / 8));
  }

  @Test
  void aFoldingGivesTheCyclesOfEveryLayer() throws IOException {
    JsonNode rows = json("fold", "mnist-cnn-w8a8-dsp", "--json");
    assertThat(rows)
        .extracting(row -> row.get("cycles").longValue())
        .containsExactly(2880L, 2560L, 1280L);
  }

  @Test
  void aTargetOfCyclesIsKeptByEveryLayer() throws IOException {
    JsonNode rows =
        json("fold", "mnist-cnn-w4a4", "--device", "u280", "--cycles", "3200", "--json");
    assertThat(rows).allMatch(row -> row.get("cycles").longValue() <= 3200);
  }

  @Test
  void aFoldingIsSummedUpForPeople() {
    assertThat(run("fold", "mnist-cnn-w4a4")).isZero();
    assertThat(out.toString()).contains("zynq-7020: it fits", "An input every", "GMAC/s");
  }

  /** What stands in the file, what is put in its place, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pe: 16 | pe: 5 | folding[1]: PE must divide 16 rows: 5",
        "simd: 10 | simd: 9 | folding[2]: SIMD must divide 400 columns: 9",
        "int8_dsp48e2 | int8_dsp58 | u280 has only DSP48E2",
        "  - {pe: 2, simd: 2} |  | folding must have an entry for each of 3 layers: 2",
        "scale_bits: 16 | scale_bits: 16, threshold_bits: 8 | one of sums, threshold_bits and scale_bits",
        "ram_style: block | ram_style: flash | must be one of auto, distributed, block, ultra",
        "device: u280 | device: u281 | did you mean u280?",
        "int8:tensor | fp8:tensor | fp8",
        "accumulator: data_types | width: 3 | unknown key",
        "ram_style: block | weight_word_bits: 0 | weight word bits must be at least 1: 0"
      })
  void aMistakeInAnAcceleratorIsOneLine(String from, String to, String rule) throws IOException {
    String good =
        Files.readString(CONFIGS.resolve("accelerators").resolve("mnist-cnn-w8a8-dsp.yaml"));
    assertThat(good).contains(from);
    Path bad =
        Files.writeString(folder.resolve("bad.yaml"), good.replace(from, to == null ? "" : to));
    assertThat(run("fold", bad.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains(rule));
  }

  /** One cycle for alignment, sum and rounding, as iCE40 does it in 13 MHz. */
  @Test
  void aUnitTooSlowForItsDeviceLowersTheClock() throws IOException {
    String unit = "fused:a=e4m3fn,length=4,kept_fraction_bits=13,output_fraction_bits=13";
    JsonNode row = json("units", unit, "--device", "u280", "--json").get(0);
    assertThat(row.get("clock_limit").textValue()).isEqualTo("logic");
    assertThat(row.get("clock_mhz").doubleValue())
        .isEqualTo(row.get("logic_mhz").doubleValue())
        .isBetween(60.0, 180.0);
  }

  @Test
  void aUnitFasterThanItsDeviceLeavesTheClock() throws IOException {
    String unit = "integer_mac:a=int4,length=1,accumulator_bits=18";
    JsonNode row = json("units", unit, "--device", "zynq-7020", "--json").get(0);
    assertThat(row.get("clock_limit").textValue()).isEqualTo("device");
    assertThat(row.get("clock_mhz").doubleValue()).isEqualTo(100);
  }

  @Test
  void aPredictedClockSaysWhatItRestsOn() {
    assertThat(run("units", "ternary:a=int8,length=8", "--device", "zynq-7020")).isZero();
    assertThat(out.toString())
        .contains(
            "delays of ice40-hx (mean error", "times 2.3, scaled and not measured", "VexRiscv");
  }

  @Test
  void aFoldedNetworkSaysWhatLimitsItsClock() {
    assertThat(run("fold", "mnist-cnn-w4a4")).isZero();
    assertThat(out.toString())
        .contains("100.0 MHz of the device", "of the slowest layer's logic: limited by the device");
  }

  @Test
  void cyclesThatNoFoldingReachesAreRefused() {
    assertThat(run("fold", "mnist-cnn-w4a4", "--device", "u280", "--cycles", "1")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo("macroscope: --cycles: must be at least 3200, the fastest folding: 1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lut: {value: 53200 | lut: {value: -1 | available.lut: must be at least 0: -1.0",
        "lut: {value: 0.7 | lut: {value: 1.7 | usable fraction of LUT must be at most 1: 1.7",
        "bram18: {value: 280 | bram: {value: 280 | available.bram: unknown resource; did you mean uram?",
        "dsp: dsp48e1 | dsp: dsp48 | must be one of dsp48e1, dsp48e2, dsp58",
        "technology: fpga-lut6 | technology: 45nm | technology of a device must price areas in LUT6: 45nm",
        "value: 2.3 | value: 0 | fabric: speed must be finite and above 0: 0.0",
        "technology: ice40-hx | technology: fpga-lut6 | technology of a fabric must price delays: fpga-lut6",
        "source: pynq | source: pinq | clock_megahertz: unknown source pinq",
        "value: 100 | value: 0 | clock megahertz must be finite and above 0: 0.0"
      })
  void aMistakeInADeviceIsOneLine(String from, String to, String rule) throws IOException {
    String good = Files.readString(CONFIGS.resolve("devices").resolve("zynq-7020.yaml"));
    assertThat(good).contains(from);
    Path bad = Files.writeString(folder.resolve("bad.yaml"), good.replace(from, to));
    assertThat(run("devices", bad.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains(rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "units --device u280 | needs the NAME of a unit",
        "units packed_mac:packing=int8_dsp58,length=3,accumulator_bits=32 --device u280 | u280 has DSP48E2, not DSP58",
        "units kulisch:a=e4m3fn,length=16,terms=1024 --device none | none",
        "fold none | accelerator: must be a path ending in .yaml or a known name: none",
        "fold mnist-cnn-w4a4 --cycles 0 | --cycles: must be at least 1: 0"
      })
  void wrongArgumentsAreOneLine(String arguments, String rule) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains(rule));
  }
}
