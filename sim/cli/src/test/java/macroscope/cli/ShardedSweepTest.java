package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a sweep that are measured apart make the report of the whole, or are refused. */
class ShardedSweepTest {

  private static final String SWEEP =
      """
      name: small
      title: Small
      models: [mnist-mlp]
      samples: 4
      machines: systolic-16x16-ws
      technologies: [45nm, nangate45]
      fronts:
        - {quality: accuracy, cost: unit_area}
      designs:
        - name: integers
          weights: ["int2:channel", "int3:channel", "int4:channel", "int5:channel", "int6:channel"]
          activations: "int8:token"
          units: [{family: integer_mac, length: 16, accumulator_bits: 32}]
      """;

  @TempDir private static Path folder;
  private static Path file;
  private static Path whole;
  private static Path first;
  private static Path second;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void run() throws IOException {
    file = Files.writeString(folder.resolve("small.yaml"), SWEEP);
    whole = folder.resolve("whole");
    first = folder.resolve("first");
    second = folder.resolve("second");
    sweep(whole);
    sweep(first, "--shard", "1/2");
    sweep(second, "--shard", "2/2");
  }

  @Test
  void aRunOfTheFirstPointsLeavesTheOtherMeasurements() throws IOException {
    Path out = folder.resolve("limited");
    sweep(out);
    List<String> measured = Files.readAllLines(out.resolve("measurements.jsonl"));
    sweep(out, "--resume", "--limit", "1");
    assertThat(Files.readAllLines(out.resolve("points.csv"))).hasSize(2);
    assertThat(Files.readAllLines(out.resolve("measurements.jsonl"))).isEqualTo(measured);
  }

  private static void sweep(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("sweep", file.toString(), "--out"));
    arguments.add(out.toString());
    arguments.addAll(List.of(more));
    Outcome outcome = run(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private static Outcome run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private static Outcome merge(Path out, Path... runs) {
    List<String> arguments = new ArrayList<>(List.of("merge", file.toString()));
    Stream.of(runs).forEach(each -> arguments.add(each.toString()));
    arguments.addAll(List.of("--out", out.toString()));
    return run(arguments);
  }

  private static List<String> names(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> journal(Path run) throws IOException {
    return Files.readAllLines(run.resolve("measurements.jsonl"));
  }

  @Test
  void twoShardsMergeToTheBytesOfOneRun() throws IOException {
    Path merged = folder.resolve("merged");
    assertThat(merge(merged, second, first).code()).isZero();
    assertThat(names(merged)).isEqualTo(names(whole));
    for (String name : names(whole)) {
      assertThat(merged.resolve(name)).as(name).hasSameBinaryContentAs(whole.resolve(name));
    }
  }

  @Test
  void shardsShareTheMeasurementsAndNoneTwice() throws IOException {
    assertThat(journal(first)).hasSize(3).doesNotContainAnyElementsOf(journal(second));
    assertThat(journal(second)).hasSize(2);
  }

  @Test
  void aShardWritesNoReport() throws IOException {
    assertThat(names(first)).containsExactly(".lock", "measurements.jsonl", "sweep.json");
  }

  @Test
  void aMissingShardIsNamedByItsFirstMeasurement() {
    Path out = folder.resolve("lacking");
    Outcome outcome = merge(out, first);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("lack 2 of 5 measurements", "int3:channel");
    assertThat(out).doesNotExist();
  }

  @Test
  void aContradictionIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(second.resolve("sweep.json"), other.resolve("sweep.json"));
    String text = String.join("\n", journal(second)) + "\n";
    String wrong = text.replaceFirst("\"value\":\"0\\.", "\"value\":\"1.");
    assertThat(wrong).isNotEqualTo(text);
    Files.writeString(other.resolve("measurements.jsonl"), wrong);
    Outcome outcome = merge(folder.resolve("none"), first, second, other);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(other + ": contradicts " + second, "int3:channel");
  }

  @Test
  void whatAnotherBuildMeasuredIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other-build"));
    Files.copy(second.resolve("sweep.json"), other.resolve("sweep.json"));
    String text = String.join("\n", journal(second)) + "\n";
    Files.writeString(
        other.resolve("measurements.jsonl"), text.replaceAll("\"key\":\"....", "\"key\":\"0000"));
    Outcome outcome = merge(folder.resolve("none"), first, other);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("2 measurements of another build");
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    Outcome outcome = merge(folder.resolve("none"), folder.resolve("nowhere"));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("nowhere: holds no run of this sweep file");
  }

  @Test
  void anotherShardMayNotWriteThere() {
    Outcome outcome =
        run(List.of("sweep", file.toString(), "--shard", "2/2", "--out", first.toString()));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("holds a run of shard 1/2 of this sweep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/2", "3/2", "1", "1/0", "-1/2", "a/b", "1/9999999"})
  void aShardIsOneOfItsNumber(String shard) {
    Outcome outcome = run(List.of("sweep", file.toString(), "--shard", shard));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--shard").contains("i/n with i in 1..n: " + shard);
  }

  @Test
  void anUnfinishedRunIsNotThrownAwayUnasked() throws IOException {
    Path cut = Files.createDirectory(folder.resolve("cut"));
    Files.writeString(cut.resolve("sweep.json"), Files.readString(whole.resolve("sweep.json")));
    Files.copy(second.resolve("measurements.jsonl"), cut.resolve("measurements.jsonl"));
    Outcome outcome = run(List.of("sweep", file.toString(), "--out", cut.toString()));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--resume goes on from there, --restart discards it");
    assertThat(journal(cut)).isEqualTo(journal(second));
  }

  @Test
  void aRunDoesNotDifferFromItself() {
    Outcome outcome = run(List.of("diff", whole.toString(), whole.toString()));
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("the runs agree");
  }

  @Test
  void adiffNamesPointsThatMovedAndPricesThatChanged() throws IOException {
    Path moved = Files.createDirectory(folder.resolve("moved"));
    for (String name : List.of("manifest.json", "points.csv", "prices.csv")) {
      String text = Files.readString(whole.resolve(name));
      Files.writeString(
          moved.resolve(name),
          text.replace("int2:channel", "int7:channel")
              .replace("nangate45,area,adder,size,", "nangate45,area,adder,size,2"));
    }
    Outcome outcome = run(List.of("diff", whole.toString(), moved.toString(), "--csv"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("price,nangate45 | area | adder | size,price,")
        .contains("int2:channel", "present,absent")
        .contains("int7:channel", "absent,present");
  }

  @Test
  void diffSaysHowFarAFrontMovedAndWhatLeftIt() throws IOException {
    Path fewer = Files.createDirectory(folder.resolve("fewer"));
    for (String name : List.of("manifest.json", "points.csv", "pareto.csv", "prices.csv")) {
      List<String> lines = Files.readAllLines(whole.resolve(name));
      Files.write(
          fewer.resolve(name),
          lines.stream()
              .filter(
                  line ->
                      !name.matches("p(oints|areto).csv") || !line.matches(".*,int[3-6]:channel.*"))
              .toList());
    }
    Outcome outcome = run(List.of("diff", whole.toString(), fewer.toString(), "--csv"));
    String front = "front,mnist-mlp | 45nm | accuracy against unit_area,";
    String[] hypervolume =
        outcome
            .out()
            .lines()
            .filter(l -> l.startsWith(front + "hypervolume,"))
            .findFirst()
            .orElseThrow()
            .split(",");
    assertThat(Double.parseDouble(hypervolume[4])).isLessThan(Double.parseDouble(hypervolume[3]));
    assertThat(outcome.out())
        .containsPattern("\\Q" + front + "left,integers | mnist-mlp | int\\E[3-6]");
  }

  @Test
  void aFolderWithoutAFinishedRunHasNoDifference() {
    Outcome outcome = run(List.of("diff", whole.toString(), first.toString()));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("holds no finished run");
  }
}
