package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sweep of a few designs of every family, from the command line to its files. */
class SweepCommandTest {

  private static final String SWEEP =
      """
      name: tiny
      title: Tiny
      models: [mnist-mlp, mnist-cnn]
      samples: 12
      machines: systolic-16x16-ws
      technologies: [45nm, fpga-lut6]
      fronts:
        - {quality: kl_bits_to_fp32, cost: unit_energy_per_mac, technologies: 45nm}
        - {quality: accuracy, cost: area_per_throughput}
      designs:
        - name: floats
          pairs: [{weights: "e4m3fn:channel", activations: "e4m3fn:token"}]
          units:
            - {family: fused, length: 16, kept_fraction_bits: [2, 13]}
            - {family: kulisch, length: 16, terms: 1024}
        - name: integers
          weights: ["int2:channel", "int4:channel"]
          activations: "int8:token"
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
            - {family: lookup_table, activation_group: 0, tables_per_call: 16}
      """;

  @TempDir private static Path folder;
  private static Path file;
  private static Path first;

  @BeforeAll
  static void run() throws IOException {
    file = Files.writeString(folder.resolve("tiny.yaml"), SWEEP);
    first = folder.resolve("first");
    assertThat(sweep(first, "--threads", "1")).isEqualTo("0: ");
  }

  /** Exit code and what went to standard error. */
  private static String sweep(Path out, String... options) {
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("sweep", file.toString(), "--out"));
    arguments.add(out.toString());
    arguments.addAll(Arrays.asList(options));
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return code + ": " + err;
  }

  private static Map<String, byte[]> contents(Path run) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(run)) {
      files.forEach(
          f -> {
            try {
              contents.put(f.getFileName().toString(), Files.readAllBytes(f));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return contents;
  }

  private static void assertEqualFolders(Path one, Path other) throws IOException {
    Map<String, byte[]> expected = contents(one);
    Map<String, byte[]> found = contents(other);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
  }

  private static List<String> lines(String name) throws IOException {
    return Files.readAllLines(first.resolve(name));
  }

  @Test
  void allFilesOfARunAreThere() throws IOException {
    assertThat(contents(first).keySet())
        .contains("points.csv", "pareto.csv", "report.html", "manifest.json")
        .filteredOn(name -> name.endsWith(".png") || name.endsWith(".svg"))
        .hasSize(2 * (6 + 4));
  }

  @Test
  void twoThreadsGiveTheSameBytesAsOne() throws IOException {
    Path second = folder.resolve("second");
    assertThat(sweep(second, "--threads", "2")).isEqualTo("0: ");
    assertEqualFolders(first, second);
  }

  @Test
  void aRunOverAnOldOneGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    assertThat(sweep(again)).isEqualTo("0: ");
    assertThat(sweep(again)).isEqualTo("0: ");
    assertEqualFolders(first, again);
  }

  @Test
  void aRunThatWasCutOffIsResumedToTheSameBytes() throws IOException {
    Path cut = folder.resolve("cut");
    assertThat(sweep(cut, "--limit", "3")).isEqualTo("0: ");
    Path journal = cut.resolve("measurements.jsonl");
    String text = Files.readString(journal);
    Files.writeString(journal, text.substring(0, text.length() - 20));
    assertThat(sweep(cut, "--resume")).isEqualTo("0: ");
    assertEqualFolders(first, cut);
  }

  @Test
  void aLimitEvaluatesTheFirstPoints() throws IOException {
    Path limited = folder.resolve("limited");
    assertThat(sweep(limited, "--limit", "3")).isEqualTo("0: ");
    assertThat(Files.readAllLines(limited.resolve("points.csv")).subList(0, 1))
        .isEqualTo(lines("points.csv").subList(0, 1));
    assertThat(Files.readAllLines(limited.resolve("points.csv"))).hasSize(4);
  }

  @Test
  void everyPointHasARow() throws IOException {
    assertThat(lines("points.csv")).hasSize(1 + 2 * 2 * 7);
  }

  @Test
  void unpricedCellsAreEmptyAndPricedOnesAreNot() throws IOException {
    List<String> heads = List.of(lines("points.csv").get(0).split(","));
    int energy = heads.indexOf("unit_energy_per_mac [pJ]");
    int technology = heads.indexOf("technology");
    for (String line : lines("points.csv").subList(1, 29)) {
      String[] cells = line.split(",", -1);
      assertThat(cells[energy].isEmpty()).isEqualTo(cells[technology].equals("fpga-lut6"));
    }
  }

  @Test
  void everySampledObjectiveHasAColumnOfItsStandardError() throws IOException {
    List<String> heads = List.of(lines("points.csv").get(0).split(","));
    assertThat(heads)
        .contains("accuracy [fraction]", "accuracy_se [fraction]")
        .contains("nll [nats]", "nll_se [nats]", "nll_delta [nats]", "nll_delta_se [nats]");
  }

  @Test
  void designsThatComputeDifferentlyDifferInTheirLogits() throws IOException {
    List<String> heads = List.of(lines("points.csv").get(0).split(","));
    int logits = heads.indexOf("logits_sha256");
    assertThat(
            lines("points.csv").stream()
                .skip(1)
                .map(line -> line.split(",", -1)[logits])
                .distinct())
        .hasSize(14);
  }

  @Test
  void aFrontIsPerNetworkAndTechnology() throws IOException {
    assertThat(lines("pareto.csv").stream().skip(1).map(line -> line.split(",")[0]).distinct())
        .containsExactly("1", "2", "3", "4", "5", "6");
  }

  @Test
  void idsOfThePicturesOfThePageAreUnique() throws IOException {
    String page = Files.readString(first.resolve("report.html"));
    List<String> ids =
        Pattern.compile("\\bid=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void anotherSweepMayNotWriteThere() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), SWEEP.replace("12", "13"));
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setErr(new PrintWriter(err))
            .execute("sweep", other.toString(), "--out", first.toString());
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("holds a run of another sweep file");
  }

  @ParameterizedTest
  @CsvSource({"equal_area, area [area_unit], 1", "equal_throughput, units_compared [1], 2"})
  void unitsAreComparedAtEqualSize(String by, String column, int distinct) throws IOException {
    String comparison =
        "samples: 12\ncomparison: {by: %s, reference: nvidia.volta.mma.m8n8k4.f32.f16.f16.f32}\n";
    Path equal = folder.resolve(by + ".yaml");
    Files.writeString(equal, SWEEP.replace("samples: 12\n", comparison.formatted(by)));
    Path out = folder.resolve(by);
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .execute("sweep", equal.toString(), "--out", out.toString(), "--limit", "7");
    assertThat(code).isZero();
    List<String> rows = Files.readAllLines(out.resolve("points.csv"));
    int index = List.of(rows.get(0).split(",")).indexOf(column);
    assertThat(rows.stream().skip(1).map(row -> row.split(",", -1)[index]).distinct())
        .hasSize(distinct);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: tiny         | name: a/b                                    | name must be letters, digits
          samples: 12        | samples: 12\\ncomparison: {by: equal_area}   | needs a reference unit
          samples: 12        | samples: 12\\nthreads: 0                     | threads: must be at least 1: 0
          samples: 12        | samples: 12\\ncomparison: {by: equal_throughput, reference: nvidia.hoper} | must be the name of a unit: nvidia.hoper
          quality: accuracy  | quality: bits_per_char                       | the task of mnist-mlp has no such metric
          quality: accuracy  | at_most: {acuracy: 1}, quality: accuracy     | unknown objective acuracy; did you mean accuracy
          quality: accuracy  | at_least: {accuracy: high}, quality: accuracy | must be a finite number
          samples: 12        | samples: 12\\nfootprint: {inferences: 0, grid_grams_co2_per_kwh: 400} | inferences must be positive: 0
          samples: 12        | samples: 12\\nfootprint: {inferences: 1e9}   | key grid_grams_co2_per_kwh is missing
          - name: integers   | - name: integers\\n    pairs: [{weights: int4, activations: int8}] | either weights and activations are needed, or pairs
          terms: 1024        | terms: 512                                   | products of a sum must be 0..512: 784
          kept_fraction_bits: [2, 13] | kept_fraction_bits: [2, 41]         | kept fraction bits must be 1..40: 41
          [2, 13]}           | [2, 13]}\\n      - {family: fused, length: 16, kept_fraction_bits: 13} | the same design stands at
          "int8:token"       | "nf4:token"                                  | activations must be integers: nf4:token
          """)
  void moreKindsOfMistakesAreRefused(String right, String wrong, String message)
      throws IOException {
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"), SWEEP.replace(right, wrong.replace("\\n", "\n")));
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setErr(new PrintWriter(err))
            .execute("sweep", bad.toString(), "--out", folder.resolve("none").toString());
    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(err.toString()).contains(bad + ":").contains(message);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
