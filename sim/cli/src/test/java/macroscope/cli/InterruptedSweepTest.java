package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps in processes of their own that are sent signals or killed lose nothing. */
class InterruptedSweepTest {

  private static final String SWEEP =
      """
      name: stopped
      title: Stopped
      models: [mnist-cnn]
      samples: %d
      machines: systolic-16x16-ws
      technologies: [45nm]
      fronts:
        - {quality: accuracy, cost: unit_energy_per_mac}
      designs:
        - name: integers
          weights: ["int2:channel", "int3:channel", "int4:channel", "int5:channel"]
          activations: ["int4:token", "int5:token", "int6:token", "int8:token"]
          units: [{family: integer_mac, length: 16, accumulator_bits: 32}]
      """;

  private static final int POINTS = 16;
  private static final int SAMPLES = 12;

  /** How often sweeps are killed: {@code -Dmacroscope.kills=50} for longer. */
  private static final int KILLS = Integer.getInteger("macroscope.kills", 5);

  private static final long SEED = 20260919;

  @TempDir private static Path folder;
  private static Path file;
  private static Path undisturbed;

  @BeforeAll
  static void run() throws IOException {
    file = Files.writeString(folder.resolve("stopped.yaml"), SWEEP.formatted(SAMPLES));
    undisturbed = folder.resolve("undisturbed");
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .execute("sweep", file.toString(), "--out", undisturbed.toString());
    assertThat(code).isZero();
  }

  private static void assertUndisturbed(Path run) {
    Map<String, byte[]> expected = ChildSweep.contents(undisturbed);
    Map<String, byte[]> found = ChildSweep.contents(run);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void aSignalLeavesAReportOfWhatThereIsAndAResumedRunTheBytesOfAWholeOne() throws Exception {
    Path run = folder.resolve("run");
    ChildSweep sweep =
        ChildSweep.start(file, run, List.of("-Dmacroscope.terminal=true"), "--threads", "1");
    assertThat(sweep.waitFor(() -> !ChildSweep.journal(run).isEmpty())).isTrue();
    sweep.signal("INT");
    assertThat(sweep.exitCode()).as(sweep.err()).isEqualTo(130);
    int kept = ChildSweep.journal(run).size();
    String points = kept + " of " + POINTS + " points";
    assertThat(sweep.out()).contains("interrupted: " + points);
    assertThat(sweep.err())
        .contains(kept + " measurements are kept")
        .containsPattern("/192 samples \\(.*\\) .* samples/s \\d+/16 networks");
    assertThat(run.resolve("manifest.json")).doesNotExist();
    assertThat(run.resolve("report.html")).content().contains("Interrupted: " + points);
    assertThat(run.resolve("points.csv")).content().hasLineCount(1 + kept);

    ChildSweep resumed = ChildSweep.start(file, run, List.of(), "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).as("no terminal, no progress").isEmpty();
    assertUndisturbed(run);
  }

  @Test
  void aSecondSignalStopsAtOnce() throws Exception {
    Path slow = Files.writeString(folder.resolve("slow.yaml"), SWEEP.formatted(5000));
    Path run = folder.resolve("slow");
    ChildSweep sweep = ChildSweep.start(slow, run, List.of());
    sweep.waitFor(() -> Files.exists(run.resolve("measurements.jsonl")));
    assertThat(sweep.endsWithin(500)).isFalse();
    sweep.signal("TERM");
    assertThat(sweep.waitFor(() -> sweep.err().contains("stopping"))).isTrue();
    sweep.signal("INT");
    assertThat(sweep.endsWithin(2000)).isTrue();
    assertThat(sweep.exitCode()).isEqualTo(130);
    assertThat(sweep.err()).contains("0 measurements are kept");
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void killsAtRandomMomentsLoseDoubleAndBreakNoRow() throws Exception {
    Random random = new Random(SEED);
    List<String> whole = ChildSweep.journal(undisturbed);
    Path run = folder.resolve("killed");
    List<String> before = List.of();
    long milliseconds = 3000;
    int kills = 0;
    while (kills < KILLS) {
      String option = before.isEmpty() ? "--restart" : "--resume";
      long start = System.nanoTime();
      ChildSweep sweep = ChildSweep.start(file, run, List.of(), option);
      if (sweep.endsWithin(random.nextLong(milliseconds))) {
        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        assertUndisturbed(run);
        milliseconds = (System.nanoTime() - start) / 1_000_000;
        before = List.of();
        continue;
      }
      sweep.signal("KILL");
      sweep.exitCode();
      kills++;
      List<String> after = ChildSweep.journal(run);
      assertThat(after).doesNotHaveDuplicates().isSubsetOf(whole).containsAll(before);
      before = after;
    }
    ChildSweep last = ChildSweep.start(file, run, List.of(), "--resume");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertUndisturbed(run);
  }
}
