package macroscope.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import macroscope.accuracy.Progress;
import macroscope.calibrate.CalibrationFolder;
import macroscope.config.SweepLoader;
import macroscope.report.Journal;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.NetworkMeasurer;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels to executors, and what they refuse. */
class BenchTest {

  private static final String SWEEP =
      """
      name: one
      title: One
      models: mnist-mlp
      samples: 3
      machines: systolic-16x16-ws
      technologies: 45nm
      fronts:
        - {quality: accuracy, cost: unit_area}
      designs:
        - name: integers
          weights: "int4:channel"
          activations: "int8:token"
          units: [{family: integer_mac, length: 16, accumulator_bits: 32}]
      """;

  @TempDir private static Path folder;
  private static Map<String, DesignPoint> points;
  private static String key;

  @BeforeAll
  static void read() throws IOException {
    Path file = Files.writeString(folder.resolve("one.yaml"), SWEEP);
    SweepPlan plan = SweepLoader.read(file).plan();
    points = SweepEngine.wanted(plan, CodeVersion.current());
    key = points.keySet().iterator().next();
  }

  private static Bench travelled(Bench bench) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(bench);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Bench) in.readObject();
    }
  }

  @Test
  void aPointThatTravelledIsMeasuredAlike() throws Exception {
    DesignPoint point = points.get(key);
    NetworkMeasurer here =
        new NetworkMeasurer(
            List.of(point.workload()), 1, CalibrationFolder.ofUser(CodeVersion.current()));
    assertThat(travelled(new Bench(points, CodeVersion.current())).measure(key, 1))
        .isEqualTo(new Outcome.Made(Journal.line(key, here.measure(point, Progress.NONE))));
  }

  @Test
  void anotherBuildIsRefused() throws Exception {
    assertThat(travelled(new Bench(points, "another")).measure(key, 1))
        .isEqualTo(
            new Outcome.Refused(
                "executor",
                "runs another build of Macroscope; each machine needs the one that asks"));
  }

  @Test
  void aPointUnderAnotherKeyIsNotMeasured() throws Exception {
    Map<String, DesignPoint> wrong = Map.of("key", points.get(key));
    assertThat(travelled(new Bench(wrong, CodeVersion.current())).measure("key", 1))
        .isEqualTo(new Outcome.Failed("a point was changed on its way to an executor: key"));
  }
}
