package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import macroscope.config.MachineFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {

  private static final String ARRAY = "simulate --machine tpu-like-128x128-hbm --gemm 64x300x300";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String line) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(line.split(" "));
  }

  private List<JsonNode> rows(String line) throws IOException {
    out.getBuffer().setLength(0);
    run(line + " --json");
    return StreamSupport.stream(new ObjectMapper().readTree(out.toString()).spliterator(), false)
        .toList();
  }

  private static double sum(List<JsonNode> rows, String section) {
    return rows.stream()
        .filter(row -> row.get("section").asText().equals(section))
        .mapToDouble(row -> row.get("value").asDouble())
        .sum();
  }

  private static double value(List<JsonNode> rows, String quantity) {
    return value(rows, quantity, row -> true);
  }

  private static double value(List<JsonNode> rows, String quantity, Predicate<JsonNode> more) {
    return rows.stream()
        .filter(row -> row.get("quantity").asText().equals(quantity))
        .filter(more)
        .findFirst()
        .orElseThrow()
        .get("value")
        .asDouble();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ARRAY,
        ARRAY + " --tile 100x100x20",
        "simulate --machine systolic-16x16-os --gemm 33x40x50",
        "simulate --machine a100 --gemm 64x12288x12288 --a fp16 --b fp16",
        "simulate --machine rpi5 --gemm 2x4096x4096 --b int2:group128",
        "simulate --machine amx-spr --gemm 64x128x256",
        "simulate --machine eyeriss --gemm 64x128x256",
        "simulate --machine pulp-8 --gemm 64x128x256 --a fp16:tensor --b fp16:tensor",
        "simulate --machine sail-32mb --gemm 64x128x256"
      })
  void theCyclesOfAllCausesAreTheCycles(String line) throws IOException {
    List<JsonNode> rows = rows(line);
    assertThat(sum(rows, "cycles") / value(rows, "cycles")).isBetween(1 - 1e-9, 1 + 1e-9);
  }

  @Test
  void unitsTimesCyclesAreAllAccountedFor() throws IOException {
    List<JsonNode> rows = rows(ARRAY);
    assertThat(sum(rows, "unit cycles")).isEqualTo(128 * 128 * value(rows, "cycles"));
  }

  @Test
  void energiesOfAllLevelsAreTheEnergy() throws IOException {
    String line =
        "simulate --machine systolic-16x16-ws --gemm 64x64x64 --unit nvidia.volta.mma.m8n8k4.f32.f16.f16.f32"
            + " --a fp16:tensor --b fp16:tensor";
    double levels = sum(rows(line), "energy");
    out.getBuffer().setLength(0);
    run(line);
    double total =
        out.toString()
            .lines()
            .filter(text -> text.startsWith("energy of a product"))
            .mapToDouble(text -> Double.parseDouble(text.replaceAll(".* ([0-9.]+) pJ", "$1")))
            .findFirst()
            .orElseThrow();
    assertThat(levels / (64 * 64 * 64) / total).isBetween(0.999, 1.001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rpi5", "orin", "m2-ultra", "surfacebook3", "xeon-spr"})
  void noCoreUsesMoreThanItHas(String machine) throws IOException {
    for (String shape : List.of("1x4096x4096", "1x128x64", "3x1000x1000")) {
      for (String weights : List.of("int2", "int4")) {
        String line = "simulate --machine %s --gemm %s --a int8:tensor --b %s:group128";
        assertThat(value(rows(String.format(line, machine, shape, weights)), "utilisation"))
            .isPositive()
            .isLessThanOrEqualTo(100);
      }
    }
  }

  /** L1 12.72, L2 37.68, HBM 104.88 pJ a byte. */
  @Test
  void bytesOnAGpuHaveTheirPrices() throws IOException {
    List<JsonNode> rows = rows("simulate --machine a100 --gemm 64x4096x4096 --a fp16 --b fp16");
    double picojoules = value(rows, "DRAM", row -> row.get("section").asText().equals("energy"));
    double bytes = value(rows, "DRAM", row -> row.get("section").asText().equals("bytes"));
    assertThat(picojoules / bytes).isBetween(104.88 - 1e-3, 104.88 + 1e-3);
  }

  @Test
  void aProductOnAGpuTellsItsPowerOrWhyNot() {
    run("simulate --machine a100 --gemm 64x4096x4096 --a fp16 --b fp16");
    run("simulate --machine b200 --gemm 64x4096x4096 --a fp16 --b fp16");
    assertThat(out.toString())
        .containsPattern("energy +[0-9.e+]+ uJ, [0-9]+ W of 400 W")
        .contains("not available: b200 has no prices of energy: no source prices");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ARRAY,
        "simulate --machine a100 --gemm 512x512x512 --a fp16 --b fp16",
        "simulate --machine xeon-spr --gemm 1x1024x1024 --b int8:channel"
      })
  void aFolderGetsTablesAChartAndATrace(String line) throws IOException {
    run(line + " --out " + folder);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("causes.csv", "memories.csv", "trace.json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ARRAY,
        "simulate --machine a100 --gemm 512x512x512 --a fp16 --b fp16",
        "simulate --machine rpi5 --gemm 1x1024x1024 --b int4:group32",
        "network --model bitnet-3b --machine a100 --context 64"
      })
  void slicesOfAThreadNeverOverlap(String line) throws IOException {
    run(line + " --out " + folder);
    JsonNode events =
        new ObjectMapper().readTree(folder.resolve("trace.json").toFile()).get("traceEvents");
    Map<Integer, Double> free = new HashMap<>();
    for (JsonNode event : events) {
      if (event.get("ph").asText().equals("X")) {
        double start = event.get("ts").asDouble();
        assertThat(start).isGreaterThanOrEqualTo(free.getOrDefault(event.get("tid").asInt(), 0.0));
        free.put(event.get("tid").asInt(), start + event.get("dur").asDouble());
      }
    }
  }

  @Test
  void theRooflineIsDrawnWhereMemoryLimits() {
    run(ARRAY + " --out " + folder);
    assertThat(folder.resolve("roofline.png")).isNotEmptyFile();
  }

  @Test
  void aProductIsSteppedThrough() {
    assertThat(run("simulate --machine " + smallMachine() + " --gemm 9x10x11 --stepped")).isZero();
    assertThat(out.toString()).contains("causes equal; results equal bit for bit");
  }

  @Test
  void commandsCostCyclesIfTheMachineSaysSo() {
    run("simulate --machine " + smallMachine() + " --gemm 9x10x11");
    assertThat(out.toString()).contains("wait for commands");
  }

  /** An array of 4 x 4 units whose controller needs 25 cycles for a command. */
  private Path smallMachine() {
    Path file = folder.resolve("small.yaml");
    try {
      Files.writeString(
          file,
          String.join(
              "\n",
              "name: small",
              "description: for a test",
              "rows: 4",
              "columns: 4",
              "dataflow: output_stationary",
              "clock_megahertz: 100",
              "sram: {activations: 1, weights: 1, outputs: 1}",
              "memory:",
              "  bus_bits_per_cycle: 64",
              "  latency_cycles: 5",
              "  buffers: 2",
              "  activations: {banks: 4, ports: 1, word_bits: 8}",
              "  weights: {banks: 2, ports: 1, word_bits: 8}",
              "  commands: {cycles_each: 25, queue: 2}",
              ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  @Test
  void theTileIsSearched() throws IOException {
    List<JsonNode> whole = rows(ARRAY);
    out.getBuffer().setLength(0);
    List<JsonNode> searched = rows(ARRAY + " --tile search");
    assertThat(value(searched, "cycles")).isLessThanOrEqualTo(value(whole, "cycles"));
  }

  @ParameterizedTest
  @CsvSource({"OVERLAPPED, 130", "SEQUENTIAL, 146"})
  void bothConventionsOfOutputStationaryArraysAreOffered(String drain, int cycles)
      throws IOException {
    String line = "simulate --machine systolic-16x16-ws --dataflow output_stationary";
    assertThat(value(rows(line + " --gemm 16x16x100 --drain " + drain), "cycles"))
        .isEqualTo(cycles);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ARRAY + " --tile 1x2|--tile: must be three whole numbers RxCxS or search: 1x2",
        ARRAY + " --tile 129x1x1|--tile: rows of a tile must be 1..128: 129",
        "simulate --machine finn-u280 --gemm 8x8x8|--machine: must do products one by one, not be a folded"
            + " device: finn-u280",
        ARRAY + " --kernel t-mac|--kernel: must be of a machine of kind cpu: tpu-like-128x128-hbm",
        "simulate --machine systolic-16x16-os --gemm 8x8x8 --tile search|--tile: must be of a machine"
            + " with memory: systolic-16x16-os",
        "simulate --machine systolic-16x16-os --gemm 8x8x8 --stepped|--stepped: must be of a machine"
            + " with memory: systolic-16x16-os",
        "simulate --machine a100 --gemm 8x8x8 --a fp16 --b fp16 --tile search|--tile: must not be given:"
            + " the machine is of kind gpu",
        "simulate --machine rpi5 --gemm 1x8x8 --b int8:channel|--b: no kernel of rpi5 multiplies"
            + " int8:channel by int8:tensor",
        "simulate --machine rpi5 --gemm 1x8x8 --kernel gemm|--kernel: must be one of t-mac, t-mac-fast,"
      })
  void mistakesAreOneLine(String line, String message) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString()).startsWith("macroscope: " + message).hasLineCount(1);
  }

  @Test
  void whyThereIsNoRooflineIsSaid() {
    run("simulate --machine eyeriss --gemm 4x8x8");
    assertThat(out.toString())
        .endsWith("no roofline: the model of the machine has no external memory\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"amx-spr", "sail-32mb"})
  void machinesWithExternalMemoryHaveARoofline(String machine) {
    run("simulate --machine " + machine + " --gemm 16x4096x4096 --out " + folder);
    assertThat(folder.resolve("roofline.svg")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tpu-like-128x128-hbm --gemm 64x100x100 --tile 128x64x64|--tile: must be at most the product"
            + " on the array, 100x100x64: 128x64x64",
        "a100 --gemm 9999999999x1x1|--gemm: M must be at most 999999999: 9999999999",
        "rpi5 --gemm 1x8x8 --b int8:channel|--b: no kernel of rpi5 multiplies int8:channel by int8:tensor, but int1"
            + " to int4 and ternary by any (t-mac), int4 by int8",
        "pulp-8 --gemm 1x8x8 --a int8:tensor --b int8:channel|--a: pulp-8 does not multiply int8:channel by int8:tensor, but fp16 by"
            + " fp16, fp32 by fp32"
      })
  void whatAMachineDoesInsteadIsSaid(String arguments, String message) {
    assertThat(run("simulate --machine " + arguments)).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("macroscope: " + message + "\n");
  }

  static List<String> machinesOfProducts() {
    return MachineFile.shipped().names().stream()
        .filter(name -> !name.startsWith("finn-"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("machinesOfProducts")
  void everyMachineHasFormatsThatItMultiplies(String machine) {
    assertThat(run("simulate --machine " + machine + " --gemm 64x1024x1024") + err.toString())
        .isEqualTo("0");
  }

  @Test
  void anArrayWithoutMemoryWritesItsTrace() throws IOException {
    run("simulate --machine systolic-16x16-ws --gemm 64x1024x1024 --out " + folder);
    assertThat(Files.readString(folder.resolve("trace.json")))
        .contains("fill of tile 0", "drain of tile 4095");
  }

  @Test
  void anArrayWithoutMemoryAndWithManyTilesSaysWhyThereIsNoTrace() {
    run("simulate --machine systolic-16x16-ws --gemm 64x8192x8192 --out " + folder);
    assertThat(out.toString())
        .contains("no trace.json: an array without memory has one of at most");
  }
}
