package macroscope.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on a real cluster: a master and two workers, each in a process of its own. */
class SparkSweepTest {

  private static final String SWEEP =
      """
      name: small
      title: Small
      models: [mnist-mlp, mnist-cnn]
      samples: 20
      machines: systolic-16x16-ws
      technologies: [45nm, nangate45]
      activity: true
      fronts:
        - {quality: kl_bits_to_fp32, cost: unit_energy_per_mac}
      designs:
        - name: floats
          pairs:
            - {weights: "e4m3fn:channel", activations: "e4m3fn:token"}
            - {weights: mxfp4, activations: mxfp4}
          units:
            - {family: fused, length: 16, kept_fraction_bits: [2, 13]}
        - name: integers
          weights: ["int2:channel", "int4:channel"]
          activations: "int8:token"
          calibration: [gptq]
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
        - name: tables
          weights: ["int2:channel", "int4:channel"]
          activations: binary16
          units:
            - {family: lookup_table, activation_group: 0, tables_per_call: 16}
      """;

  private static final int MEASUREMENTS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private static Path folder;
  private static Path file;
  private static Path local;
  private static Program program;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    file = Files.writeString(folder.resolve("small.yaml"), SWEEP);
    local = folder.resolve("local");
    program = new Program(folder);
    finish("local", program.start("local", List.of(), arguments(local)));
    List<Path> spark = new ArrayList<>(Program.libraries("macroscope.libraries"));
    spark.addAll(Program.libraries("macroscope.spark.libraries"));
    cluster = new Cluster(Files.createDirectory(folder.resolve("cluster")), spark);
    cluster.start();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static List<String> arguments(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("sweep", file.toString(), "--out"));
    arguments.add(out.toString());
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static void finish(String name, Process process) {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(name).isTrue();
      assertThat(process.exitValue()).as(program.said(name)).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts the sweep on the cluster, with Spark's own log of its tasks. */
  private static Process spark(String name, String... more) {
    try {
      List<String> flags =
          new ArrayList<>(TaskLog.flags(Files.createDirectory(folder.resolve(name + "-tasks"))));
      flags.add("-XX:TieredStopAtLevel=1");
      List<String> options =
          new ArrayList<>(List.of("--engine", "spark", "--master", cluster.url()));
      options.addAll(List.of(more));
      Path out = folder.resolve(name.replaceFirst("-.*", ""));
      return program.start(name, flags, arguments(out, options.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long kept(Path run) {
    return Cluster.read(run.resolve("measurements.jsonl")).lines().count();
  }

  private static void awaitMeasurements(String name, Path run, long count) {
    Waiting.until(
        PATIENCE, () -> kept(run) >= count ? "there" : "", () -> name + ":\n" + program.said(name));
  }

  private static void assertSameBytes(Path run) throws IOException {
    List<String> names = names(local);
    assertThat(names(run)).isEqualTo(names);
    for (String name : names) {
      assertThat(run.resolve(name)).as(name).hasSameBinaryContentAs(local.resolve(name));
    }
  }

  private static List<String> names(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void twoWorkersWriteTheBytesOfTheLocalEngine() throws IOException {
    finish("whole", spark("whole"));
    assertSameBytes(folder.resolve("whole"));
    TaskLog tasks = TaskLog.read(folder.resolve("whole-tasks"));
    assertThat(tasks.done())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MEASUREMENTS).boxed().toList());
    assertThat(tasks.executors()).hasSize(2);
  }

  @Test
  void aKilledDriverResumesAndAKilledExecutorCostsItsMeasurementsOnly() throws IOException {
    Path run = folder.resolve("killed");
    Process first = spark("killed-driver");
    awaitMeasurements("killed-driver", run, 2);
    first.destroyForcibly().onExit().join();
    long before = kept(run);
    Process second = spark("killed-executor", "--resume");
    awaitMeasurements("killed-executor", run, before + 2);
    long killed = cluster.killExecutors();
    finish("killed-executor", second);

    assertThat(killed).isPositive();
    assertSameBytes(run);
    TaskLog tasks = TaskLog.read(folder.resolve("killed-executor-tasks"));
    int open = (int) (MEASUREMENTS - before);
    assertThat(tasks.done())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, open).boxed().toList());
    assertThat(tasks.undone())
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(end -> end.reason().equals("ExecutorLostFailure"));
  }
}
