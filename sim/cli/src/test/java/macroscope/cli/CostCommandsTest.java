package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import macroscope.config.TechnologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostCommandsTest {

  private static final String CONFIGS = "../../configs/";
  private static final String SYNTHESIS = "../core/src/test/resources/vectors/synthesis.csv";
  private static final String UNIT = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static String technology(String name) {
    return CONFIGS + "technologies/" + name + ".yaml";
  }

  private static String machine(String name) {
    return CONFIGS + "machines/" + name + ".yaml";
  }

  @Test
  void costNamesTheSourceOfEveryPrice() {
    assertThat(run("cost", UNIT, "--technology", technology("45nm"))).isZero();
    assertThat(out.toString())
        .contains("energy of a pass")
        .contains("  register: 0.009000 pJ per size, looked up; Accelergy plug-in for Aladdin");
  }

  @Test
  void costSaysWhatATechnologyDoesNotPrice() {
    assertThat(run("cost", UNIT, "--technology", technology("7nm"))).isZero();
    assertThat(out.toString())
        .contains("technology 7nm has no price for the area of register")
        .doesNotContain("area of a unit");
  }

  @Test
  void simulateWithoutAUnitCountsTheCyclesOfTheSimpleArray() {
    assertThat(
            run(
                "simulate",
                "--machine",
                machine("systolic-16x16-os"),
                "--gemm",
                "16x16x100",
                "--technology",
                technology("45nm")))
        .isZero();
    assertThat(out.toString().replaceAll(" +", " ")).contains("cycles " + (16 + 16 + 100 - 2));
  }

  @Test
  void costInAMachineDividesTablesAmongTheUnitsOfItsRows() {
    assertThat(
            run(
                "cost",
                "lut_tensor_core:units_per_table=0",
                "--technology",
                technology("45nm"),
                "--machine",
                machine("systolic-16x16-ws")))
        .isZero();
    assertThat(out.toString()).contains(" 4/16 ").doesNotContain("/64");
  }

  @Test
  void simulateOfAUnitEndsInTheEnergyOfAProduct() {
    assertThat(
            run(
                "simulate",
                "--machine",
                machine("systolic-16x16-ws"),
                "--gemm",
                "64x64x64",
                "--unit",
                UNIT,
                "--technology",
                technology("45nm")))
        .isZero();
    assertThat(out.toString()).contains("energy of a product").contains("DRAM: 30.47 pJ a bit");
  }

  @Test
  void theMemoriesOfAMachineHaveAreasWithTheirSources() {
    run(
        "cost",
        UNIT,
        "--machine",
        machine("systolic-16x16-ws"),
        "--technology",
        technology("45nm"));
    assertThat(out.toString())
        .contains("um2, fitted; sizes of the memory macros")
        .contains("DRAM of 1 GiB: 29.32 mm2, second hand; Samsung");
  }

  @Test
  void simulateSaysThatEnergyIsNotAvailable() {
    assertThat(
            run(
                "simulate",
                "--machine",
                machine("systolic-16x16-ws"),
                "--gemm",
                "64x64x64",
                "--unit",
                UNIT,
                "--technology",
                technology("fpga-lut6")))
        .isZero();
    assertThat(out.toString())
        .contains("energy is not available: technology fpga-lut6 has no price");
  }

  @Test
  void fitWritesATechnologyThatCanBeRead() {
    Path file = folder.resolve("mine.yaml");
    assertThat(run("fit", SYNTHESIS, "--technology", file.toString())).isZero();
    assertThat(TechnologyFile.read(file).area().orElseThrow().unit()).isEqualTo("LUT6");
  }

  @Test
  void fitPrintsTheErrorOfFormatsThatWereLeftOut() {
    run("fit", SYNTHESIS, "--technology", folder.resolve("mine.yaml").toString());
    assertThat(out.toString()).contains("formats of the row left out: 63 rows, mean error");
  }

  @Test
  void aClockBeyondTheLongestPathIsLoweredWithItsReason() {
    assertThat(simulate("nangate45")).isZero();
    assertThat(out.toString())
        .contains("clock lowered from 500.0 MHz: the unit's longest path takes ")
        .doesNotContain("output-stationary, 500");
  }

  @Test
  void aTechnologyWithoutDelaysLeavesTheClock() {
    simulate("45nm");
    assertThat(out.toString()).contains("output-stationary, 500").doesNotContain("lowered");
  }

  private int simulate(String technology) {
    return run(
        "simulate",
        "--machine",
        machine("systolic-16x16-os"),
        "--gemm",
        "16x16x100",
        "--unit",
        UNIT,
        "--a",
        "e4m3fn:tensor",
        "--b",
        "e4m3fn:tensor",
        "--technology",
        technology(technology));
  }

  @Test
  void costTellsTheLongestPathAndTheClockItAllows() {
    run("cost", UNIT, "--technology", technology("osu018"));
    assertThat(out.toString().replaceAll(" +", " "))
        .containsPattern("longest path \\S+ ps\nclock at most \\S+ MHz");
  }

  @Test
  void costOfAMachineTellsWhatItsMemoriesTake() {
    run(
        "cost",
        UNIT,
        "--technology",
        technology("45nm"),
        "--machine",
        machine("systolic-16x16-os"));
    assertThat(out.toString())
        .contains("weight SRAM of 64 KiB: 0.4312 pJ a bit, fitted; M. Horowitz")
        .contains("weight SRAM of 64 KiB: 2.978e+05 um2, fitted; ");
  }

  @Test
  void aTechnologyCanBeAskedForAtAnotherNode() {
    run("cost", UNIT, "--technology", technology("45nm") + "@16nm:0.8V");
    assertThat(out.toString())
        .contains("45nm@16nm:0.8V (16 nm, 0.8 V)")
        .contains("45 nm to 16 nm times");
  }

  @Test
  void fitWritesTheErrorOfEveryRowIntoTheTechnology() throws IOException {
    Path file = folder.resolve("mine.yaml");
    run("fit", SYNTHESIS, "--metric", "nand2_eq,delay_ps", "--out", file.toString());
    assertThat(Files.readAllLines(file).stream().filter(line -> line.startsWith("#   ")))
        .hasSize(2 * (1 + 63 + 3));
  }

  @Test
  void fitRefusesAUnitWithoutAModelAndWritesNothing() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(
        rows,
        Files.readString(Path.of(SYNTHESIS)).replace("imac,int2,int4,", "no_unit,int2,int4,"));
    Path file = folder.resolve("mine.yaml");
    assertThat(run("fit", rows.toString(), "--out", file.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("rows.csv, line ", "must be, with its formats, a unit that has a model: no_unit");
    assertThat(file).doesNotExist();
  }

  @Test
  void fitWritesHowWellItExplainsWhatWasLeftOut() {
    Path file = folder.resolve("mine.yaml");
    run("fit", SYNTHESIS, "--metric", "nand2_eq", "--out", file.toString());
    assertThat(TechnologyFile.read(file).fits())
        .singleElement()
        .satisfies(fit -> assertThat(fit.formatLeftOut()).isBetween(fit.meanError(), 0.08));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cost nosuchunit|UNIT: must be the name of a unit: nosuchunit",
        "cost " + UNIT + " --technology nosuch|technology: must be a path ending in .yaml",
        "cost " + UNIT + " --technology nosuch.yaml|nosuch.yaml: file does not exist",
        "simulate --machine nosuch --gemm 1x1x1|machine: must be a path ending in .yaml",
        "simulate --machine @M --technology @T --gemm 1x1|--gemm: must be three whole numbers MxNxK: 1x1",
        "simulate --machine @M --technology @T --gemm 0x1x1|--gemm: M must be at least 1: 0",
        "simulate --machine @M --technology @T --gemm 1x1x1 --a e9m9z|--a: ",
        "fit @S --technology x.txt|--technology: must be a path ending in .yaml: x.txt",
        "fit @S --technology x.yaml --metric speed|--metric: must be one of lut6, nand2_eq",
        "fit @S --technology x.yaml --metric lut6,nand2_eq|--metric: must be at most one of area",
        "fit @S --technology x.yaml --energy-of @T|--energy-of: must be a technology of xc7, 28 nm: 45 nm",
        "fit nosuch.csv --technology x.yaml|nosuch.csv: must exist: no such file"
      })
  void aMistakeIsOneLineAndExitCode2(String command, String message) {
    String[] arguments =
        command
            .replace("@M", machine("systolic-16x16-ws"))
            .replace("@T", technology("45nm"))
            .replace("@S", SYNTHESIS)
            .split(" ");
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .singleElement()
        .asString()
        .startsWith("macroscope: " + message);
  }
}
