package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineCommandsTest {

  private static final Path VECTORS = Path.of("../core/src/test/resources/vectors");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void machinesAreListedWithTheirKinds() {
    run("machines", "--csv");
    assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("a100,gpu,"));
  }

  @Test
  void everyNumberOfAMachineHasASource() {
    run("machines", "a100", "--csv");
    assertThat(out.toString().lines().skip(1)).allMatch(line -> line.split(",", -1).length >= 5);
  }

  @Test
  void anA100HasThreeFittedConstantsAndSixOfItsLinks() {
    run("machines", "a100", "--csv");
    assertThat(out.toString().lines().filter(line -> line.contains(",fitted,")))
        .hasSize(9)
        .filteredOn(line -> line.startsWith("fitted."))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "a100-gemm.csv, 0.03, 0.08",
    "tmac-gemv-xeon.csv, 0.05, 0.15",
    "tmac-gemv-published.csv, 0.1, 0.4"
  })
  void measuredTimesArePredicted(String file, double mean, double largest) throws IOException {
    assertThat(run("verify", "--json", VECTORS.resolve(file).toString())).isZero();
    var errors = new ObjectMapper().readTree(out.toString()).at("/files/0/metrics/latency_ms");
    assertThat(
            List.of(errors.get("mape").asDouble() < mean, errors.get("max").asDouble() < largest))
        .containsExactly(true, true);
  }

  @ParameterizedTest
  @CsvSource({"a100-gemm.csv, 0.05", "tmac-gemv-xeon.csv, 0.05", "tmac-gemv-published.csv, 0.1"})
  void rowsThatAreLeftOutArePredictedToo(String file, double mean) {
    run("fit-times", "--csv", VECTORS.resolve(file).toString());
    assertThat(
            out.toString()
                .lines()
                .skip(1)
                .mapToDouble(line -> Math.abs(Double.parseDouble(line.split(",")[5])))
                .average()
                .orElseThrow())
        .isLessThan(mean);
  }

  @Test
  void publishedTimesArePredictedWithinTheirUncertainty() {
    run("fit-times", "--csv", VECTORS.resolve("tmac-gemv-published.csv").toString());
    assertThat(out.toString().lines().skip(1))
        .hasSize(32)
        .allSatisfy(
            line -> {
              double ratio = 1 + Double.parseDouble(line.split(",")[3]);
              boolean coarse = line.contains("(x2)");
              assertThat(ratio).isBetween(coarse ? 0.5 : 0.8, coarse ? 2 : 1.2);
            });
  }

  /** Times of the same machine and kernels, compiled by gcc 12. */
  @ParameterizedTest
  @CsvSource({"2, 4096, 0.453", "4, 4096, 0.952", "2, 1024, 0.0277", "4, 1024, 0.0573"})
  void averagesThatGccCompiledArePredicted(int bits, int size, String milliseconds)
      throws IOException {
    String header =
        "machine,kernel,wbits,kfactor,act_k,fast_aggregation,zero_point,unified,m,k,compiler,latency_ms\n";
    String shape = size + "," + size;
    Path file = folder.resolve("times.csv");
    Files.writeString(
        file,
        header
            + "xeon-spr,t-mac,"
            + bits
            + ",16,16,1,0,0,"
            + shape
            + ",gcc,"
            + milliseconds
            + "\n");
    run("verify", "--json", file.toString());
    var errors = new ObjectMapper().readTree(out.toString()).at("/files/0/metrics/latency_ms");
    assertThat(errors.get("max").asDouble()).isLessThan(0.1);
  }

  @Test
  void fitTimesWantsTimes() throws IOException {
    Path file = folder.resolve("decode.csv");
    Files.writeString(file, "format,code_hex,value_hex\ne4m3fn,38,3ff0000000000000\n");
    assertThat(run("fit-times", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("decode.csv, line 1: must be a header of times");
  }

  @Test
  void aProductOnAGpuTellsItsTile() {
    run("simulate", "--machine", "a100", "--gemm", "4096x4096x4096", "--a", "fp16", "--b", "fp16");
    assertThat(out.toString()).contains("bound by               tensor cores");
  }

  @Test
  void anArrayWithMemoryTellsItsWaitsAndWritesATrace() throws IOException {
    Path trace = folder.resolve("trace.json");
    run(
        "simulate",
        "--machine",
        "tpu-like-128x128-hbm",
        "--gemm",
        "64x1024x1024",
        "--trace",
        trace.toString());
    assertThat(out.toString()).containsPattern("wait for the bus +[1-9]");
    var events = new ObjectMapper().readTree(trace.toFile()).get("traceEvents");
    List<Double> starts = new ArrayList<>();
    events.forEach(event -> starts.add(event.path("ts").asDouble()));
    assertThat(starts).isSorted();
  }

  @Test
  void aTraceWithoutMemoryHasNotTooManyTiles() {
    String[] arguments = {"--gemm", "4096x4096x8", "--trace", folder.resolve("t.json").toString()};
    assertThat(
            run(
                "simulate",
                "--machine",
                "systolic-16x16-os",
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3]))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "macroscope: --trace: must be of a machine with memory, or of at most 32768 tiles: systolic-16x16-os\n");
  }

  @Test
  void aGpuTakesNoUnit() {
    int code = run("simulate", "--machine", "a100", "--gemm", "8x8x8", "--unit", "exact");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void aTypeThatAGpuDoesNotMultiplyIsRefused() {
    run("simulate", "--machine", "v100", "--gemm", "8x8x8", "--a", "int8:token");
    assertThat(err.toString()).isEqualTo("macroscope: --a: int8 is not multiplied by v100\n");
  }

  @Test
  void aNumberWithoutAListedSourceIsRefused() throws IOException {
    String yaml = Files.readString(Path.of("../../configs/machines/a100.yaml"));
    Path file = folder.resolve("a100.yaml");
    Files.writeString(
        file, yaml.replace("{value: 108, source: whitepaper", "{value: 108, source: hearsay"));
    assertThat(run("machines", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("multiprocessors: source is not listed under sources: hearsay");
  }

  @Test
  void anArrayTellsItsNumbersAndTheirSources() {
    run("machines", "tpu-like-128x128-hbm", "--csv");
    assertThat(out.toString().lines().map(line -> line.replaceFirst(",[0-9.]+", "")))
        .anyMatch(line -> line.startsWith("rows,memory,"))
        .anyMatch(line -> line.startsWith("clock_megahertz,memory,"))
        .anyMatch(line -> line.startsWith("sram.weights_kilobytes,assumed,"))
        .anyMatch(line -> line.startsWith("memory.bus_bits_per_cycle,memory,"));
  }

  @Test
  void whatNoSourceSaysIsAssumedWithTheReason() {
    run("machines", "sail-32mb", "--csv");
    assertThat(out.toString().lines().filter(line -> line.contains(",assumed,")))
        .hasSize(8)
        .noneMatch(line -> line.endsWith(","));
  }

  @Test
  void aSourceOfANumberThatIsNotThereIsRefused() throws IOException {
    Path file = folder.resolve("array.yaml");
    Files.writeString(
        file,
        Files.readString(Path.of("../../configs/machines/systolic-16x16-ws.yaml"))
            .replace("  columns: {source", "  pillars: {source"));
    assertThat(run("machines", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("sources.pillars: must be a number of this file");
  }

  private int verifyBeside(String readme) throws IOException {
    Files.writeString(folder.resolve("README.md"), readme);
    Path file = folder.resolve("a100-gemm.csv");
    Files.writeString(file, Files.readString(VECTORS.resolve("a100-gemm.csv")));
    return run("verify", file.toString());
  }

  private static String table(String mean, String largest) {
    return "| file | mean error at most | largest error at most |\n|---|---|---|\n| a100-gemm.csv | "
        + mean
        + " | "
        + largest
        + " |\n";
  }

  @Test
  void aStatedBoundThatHoldsIsPrinted() throws IOException {
    assertThat(verifyBeside(table("10 %", "30 %"))).isZero();
    assertThat(out.toString())
        .contains("README.md: mean at most 10 %, largest at most 30 %: holds\n");
  }

  @Test
  void aStatedBoundThatDoesNotHoldIsACheckThatFailed() throws IOException {
    assertThat(verifyBeside(table("0.01 %", ""))).isEqualTo(1);
    assertThat(out.toString()).contains("README.md: mean at most 0.01 %: does not hold\n");
  }

  @Test
  void errorsWithoutAStatedBoundSaySo() throws IOException {
    assertThat(verifyBeside("nothing of it")).isZero();
    assertThat(out.toString()).contains("no bound of these errors is stated beside the file");
  }

  @Test
  void rowsAreHeldAgainstTheirOwnUncertainty() {
    run("verify", VECTORS.resolve("tmac-gemv-published.csv").toString());
    assertThat(out.toString()).contains("32 of 32 rows within their uncertainty: holds\n");
  }
}
