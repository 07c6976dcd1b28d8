package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cost nosuchunit|UNIT: must be the name of a unit: nosuchunit",
        "cost " + UNIT + " --technology nosuch|technology: must be a path ending in .yaml",
        "cost " + UNIT + " --technology nosuch.yaml|nosuch.yaml: file does not exist",
        "simulate --machine nosuch --gemm 1x1x1|machine: must be a path ending in .yaml",
        "simulate --machine @M --technology @T --gemm 1x1|--gemm: must be three whole numbers MxNxK: 1x1",
        "simulate --machine @M --technology @T --gemm 0x1x1|--gemm: m must be at least 1: 0",
        "simulate --machine @M --technology @T --gemm 1x1x1 --a e9m9z|--a: ",
        "fit @S --technology x.txt|--technology: must be a path ending in .yaml: x.txt",
        "fit @S --technology x.yaml --metric speed|--metric: must be one of lut6, nand2_eq",
        "fit @S --technology x.yaml --metric lut6,nand2_eq|--metric: must be at most one of area",
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
