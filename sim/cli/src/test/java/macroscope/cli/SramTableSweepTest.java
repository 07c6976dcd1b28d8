package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables in SRAM arrays: what a network's activations make lookups do decides cycles and energy. */
class SramTableSweepTest {

  private static final String SWEEP =
      """
      name: sail
      title: Tables in SRAM
      models: [mnist-mlp]
      samples: 12
      machines: systolic-16x16-ws
      technologies: [45nm]
      fronts:
        - {quality: kl_bits_to_fp32, cost: unit_energy_per_mac}
      designs:
        - name: tables
          pairs: [{weights: "int4:channel", activations: "int8:token"}]
          units:
            - {family: preset, name: [sail, "sail:reuse=0", "sail:batch=1", "sail:batch=64", "sail:access_cycles=1", "sail:bit_lines=128", "sail:word_lines=1024"]}
            - {family: preset, name: ["sail:table_inputs=2,length=32"]}
      """;

  @TempDir private static Path folder;
  private static final Map<String, Map<String, String>> POINTS = new HashMap<>();

  @BeforeAll
  static void run() throws IOException {
    Path file = Files.writeString(folder.resolve("sail.yaml"), SWEEP);
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("sweep", file.toString(), "--out", folder.resolve("run").toString());
    assertThat(code + ": " + err).isEqualTo("0: ");
    List<String> lines = Files.readAllLines(folder.resolve("run/points.csv"));
    String[] columns = cells(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = cells(line);
      Map<String, String> point = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        point.put(columns[i].replaceFirst(" .*", ""), cells[i]);
      }
      POINTS.put(point.get("unit"), point);
    }
  }

  /** Fields in quotation marks hold commas. */
  private static String[] cells(String line) {
    return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(cell -> cell.replace("\"", ""))
        .toArray(String[]::new);
  }

  private static double value(String unit, String column) {
    return Double.parseDouble(POINTS.get(unit).get(column));
  }

  @Test
  void reuseSavesReads() {
    assertThat(value("sail", "lookup_reuse")).isGreaterThan(value("sail:reuse=0", "lookup_reuse"));
  }

  @ParameterizedTest
  @CsvSource({
    "sail, sail:reuse=0, cycles_per_inference",
    "sail, sail:batch=1, cycles_per_inference",
    "sail:batch=64, sail, cycles_per_inference",
    "sail:access_cycles=1, sail, cycles_per_inference",
    "sail, sail:word_lines=1024, unit_energy_per_mac",
    "sail, sail:reuse=0, unit_energy_per_mac",
    "'sail:table_inputs=2,length=32', sail, unit_energy_per_mac"
  })
  void theFirstCostsLess(String first, String second, String column) {
    assertThat(value(first, column)).isLessThan(value(second, column));
  }

  @Test
  void narrowArraysServeFewerOutputs() {
    assertThat(value("sail:bit_lines=128", "unit_area")).isNotEqualTo(value("sail", "unit_area"));
  }

  @Test
  void theBitsAreTheSame() {
    assertThat(POINTS.values().stream().map(point -> point.get("nll")).distinct()).hasSize(1);
  }
}
