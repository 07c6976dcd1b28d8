package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches of two networks of three layers, six formats each, against all 216 allocations. */
class SearchSweepTest {
  private static final String SPACE =
      """
      name: searched
      title: Searched
      models: %s
      samples: 6
      calibration_samples: 4
      machines: systolic-16x16-ws
      technologies: nangate45
      fronts:
        - {quality: kl_bits_to_fp32, cost: unit_energy_per_mac}
      designs:
        - name: integers
          pairs:
            - {weights: "int2:channel", activations: "int8:token"}
            - {weights: "int3:channel", activations: "int3:token"}
            - {weights: "int4:channel", activations: "int4:token"}
            - {weights: "int6:channel", activations: "int6:token"}
            - {weights: "int8:channel", activations: "int8:token"}
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
        - name: minifloats
          pairs:
            - {weights: "e2m3fn:channel", activations: "e2m3fn:token"}
          units:
            - {family: kulisch, length: 16, terms: 1024}
      search:
      """;
  private static final String TRADE = "quality: kl_bits_to_fp32, cost: unit_energy_per_mac";
  private static final String ALL =
      """
        - {method: brute_force, TRADE}
        - {method: integer_program, TRADE, steps: 6, budgets: [0.25]}
        - {method: integer_program, quality: nll, cost: weight_storage, steps: 6}
        - {method: nsga2, TRADE, population: 60, generations: 40, seed: 7, warm_start: true, steps: 4}
        - {method: successive_halving, TRADE, samples: 4, confidence: 0.95}
        - {method: successive_halving, TRADE, samples: 4, confidence: 0.9999}
      """
          .replace("TRADE", TRADE);
  private static final String SOME =
      """
        - {method: nsga2, TRADE, population: 8, generations: 3, seed: 7, warm_start: true, steps: 3}
        - {method: successive_halving, TRADE, samples: [2, 3], candidates: designs}
      """
          .replace("TRADE", TRADE);

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void search() throws IOException {
    run = folder.resolve("all");
    Path file = file("all.yaml", "[mnist-mlp, mnist-cnn]", ALL);
    assertThat(sweep(file, run)).isEqualTo("0: ");
  }

  private static Path file(String name, String models, String searches) throws IOException {
    return Files.writeString(folder.resolve(name), SPACE.formatted(models) + searches);
  }

  /** Exit code and what went to standard error. */
  private static String sweep(Path file, Path out, String... options) {
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

  /** The rows of a table by column; a comma stands in no cell of these. */
  private static List<Map<String, String>> rows(Path run, String name) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve(name));
    String[] heads = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < heads.length; i++) {
        row.put(heads[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, String> summary(int search, String model) throws IOException {
    return rows(run, "search.csv").stream()
        .filter(row -> row.get("search").startsWith("search " + search + ":"))
        .filter(row -> row.get("model").equals(model))
        .collect(Collectors.toList())
        .get(0);
  }

  /** Numbers of the points on a search's front. */
  private static List<String> front(int search, String model) throws IOException {
    return rows(run, "allocations.csv").stream()
        .filter(row -> row.get("search").startsWith("search " + search + ":"))
        .filter(row -> row.get("model").equals(model) && row.get("of").equals("front"))
        .map(row -> row.get("point"))
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist-mlp", "mnist-cnn"})
  void bruteForceMeasuresAllAllocationsOfSixFormats(String model) throws IOException {
    assertThat(summary(1, model)).containsEntry("measured", "216").containsEntry("choices", "6");
  }

  /** At six steps, the costs of six choices for all layers, and one more: for two networks and costs. */
  @Test
  void anIntegerProgramIsTheOptimumOfAllAllocationsAtEveryBudget() throws IOException {
    List<Map<String, String>> programs = rows(run, "programs.csv");
    assertThat(programs).hasSizeGreaterThan(30);
    assertThat(programs)
        .allMatch(
            row -> row.get("loss_of_layers").equals(row.get("least_loss_of_all_allocations")));
  }

  @Test
  void whatAProgramExpectsACostToBeIsTheCostOfItsPoint() throws IOException {
    assertThat(rows(run, "programs.csv"))
        .allMatch(row -> row.get("cost_of_layers").equals(row.get("cost")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist-mlp", "mnist-cnn"})
  void theGeneticAlgorithmFindsTheFrontOfBruteForce(String model) throws IOException {
    assertThat(front(4, model)).isNotEmpty().isEqualTo(front(1, model));
  }

  @ParameterizedTest
  @CsvSource({"mnist-mlp, 5", "mnist-cnn, 5", "mnist-mlp, 6", "mnist-cnn, 6"})
  void halvingLeavesTheFrontOfBruteForce(String model, int search) throws IOException {
    assertThat(front(search, model)).isNotEmpty().isEqualTo(front(1, model));
  }

  @Test
  void halvingDropsCandidatesOnFewSamples() throws IOException {
    assertThat(Integer.parseInt(summary(5, "mnist-mlp").get("measured"))).isLessThan(216);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist-mlp", "mnist-cnn"})
  void halvingDropsNothingIfItsIntervalIsBigEnough(String model) throws IOException {
    assertThat(summary(6, model)).containsEntry("measured", "216");
  }

  @Test
  void eachAllocationIsOnePoint() throws IOException {
    assertThat(Files.readAllLines(run.resolve("points.csv"))).hasSize(1 + 2 * 216);
  }

  @Test
  void everyLayerAndChoiceHasASensitivity() throws IOException {
    assertThat(
            rows(run, "sensitivities.csv").stream()
                .filter(row -> row.get("search").startsWith("search 2"))
                .map(row -> row.get("model") + row.get("layer") + row.get("choice")))
        .hasSize(2 * 3 * 6)
        .doesNotHaveDuplicates();
  }

  @Test
  void sensitivitiesAreOfDifferencesToTheFloatRun() throws IOException {
    assertThat(rows(run, "sensitivities.csv"))
        .extracting(row -> row.get("metric"))
        .contains("nll_delta [nats]", "kl_bits_to_fp32 [bits]");
  }

  @Test
  void theManifestHasTheSeed() throws IOException {
    assertThat(Files.readString(run.resolve("manifest.json"))).contains("nsga2 with seed 7");
  }

  @Test
  void theThreadsAndAResumptionChangeNoByte() throws IOException {
    Path file = file("some.yaml", "mnist-cnn", SOME);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertThat(sweep(file, one, "--threads", "1")).isEqualTo("0: ");
    assertThat(sweep(file, two, "--threads", "2")).isEqualTo("0: ");
    assertThat(contents(two)).isEqualTo(contents(one));
    Path journal = two.resolve("measurements.jsonl");
    String text = Files.readString(journal);
    Files.writeString(journal, text.substring(0, text.length() / 2));
    assertThat(sweep(file, two, "--resume")).isEqualTo("0: ");
    assertThat(contents(two)).isEqualTo(contents(one));
  }

  private static Map<String, String> contents(Path run) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{method: guess, quality: nll, cost: unit_area} | 26: | method: must be one of brute_force",
        "{method: integer_program, quality: nll, cost: unit_area} | 26: | sum over layers",
        "{method: integer_program, quality: nll, cost: device_units} | 26: | needs a device",
        "{method: integer_program, quality: nll, cost: accuracy} | 26: | must be no measured",
        "{method: integer_program, quality: unit_area, cost: unit_area} | 26: | must be measured",
        "{method: integer_program, quality: mse, cost: clock} | 26: | task of mnist-mlp has no mse",
        "{method: integer_program, quality: nll, cost: bits_per_weight, steps: 1} | 26: | at least 2",
        "{method: integer_program, quality: nll, cost: bits_per_weight, budgets: [1]} | 26: | cheapest",
        "{method: brute_force, quality: nll, cost: unit_area, at_most: 215} | 26: | measure 6^3",
        "{method: brute_force, quality: nll, cost: unit_area, seed: 1} | 26: | unknown key",
        "{method: nsga2, quality: nll, cost: unit_area, population: 1, generations: 1, seed: 1} | 26: | 2: 1",
        "{method: successive_halving, quality: nll, cost: unit_area, samples: [3, 2]} | 26: | must rise",
        "{method: successive_halving, quality: nll, cost: unit_area, samples: [2, 6]} | 26: | below the 6",
        "{method: successive_halving, quality: nll, cost: unit_area, samples: 2, confidence: 1} | 26: | below 1"
      })
  void aWrongSearchIsOneLineWithItsPlace(String search, String place, String rule)
      throws IOException {
    Path file = file("wrong.yaml", "mnist-mlp", "  - " + search + "\n");
    Path out = folder.resolve("wrong");
    String err = sweep(file, out);
    assertThat(err).startsWith("2: ").contains("wrong.yaml:" + place, rule);
    assertThat(err.strip().lines()).hasSize(1);
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--limit 1", "--shard 1/2"})
  void aSearchIsNotCutIntoParts(String option) throws IOException {
    Path file = file("some.yaml", "mnist-cnn", SOME);
    Path out = folder.resolve("cut");
    assertThat(sweep(file, out, option.split(" ")))
        .contains("some.yaml: a sweep with a search takes neither --limit nor --shard");
    assertThat(out).doesNotExist();
  }
}
