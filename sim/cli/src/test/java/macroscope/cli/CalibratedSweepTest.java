package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose networks are calibrated before they are quantized. */
class CalibratedSweepTest {
  private static final String SWEEP =
      """
      name: calibrated
      title: Calibrated
      models: mnist-cnn
      samples: 20
      machines: systolic-16x16-ws
      technologies: 45nm
      fronts:
        - {quality: nll, cost: unit_energy_per_mac}
      designs:
        - name: integers
          weights: "int2:channel"
          activations: "int8:token"
          calibrations: [none, [equalize, gptq: {damping: 0.02}, bias_correction]]
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
      """;

  private static final String LAYERS =
      """
      name: layers
      title: Layers of their own
      models: [mnist-mlp, mnist-cnn]
      samples: 20
      machines: systolic-16x16-ws
      technologies: 45nm
      fronts:
        - {quality: kl_bits_to_fp32, cost: %s}
      designs:
        - name: integers
          models: mnist-mlp
          weights: "int2:channel"
          activations: "int8:token"
          layers: [none, "%s"]
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
        - name: more integers
          models: mnist-cnn
          weights: "int4:channel"
          activations: "int8:token"
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
      """;

  private static final String INT8 =
      "*=int8:channel,@integer_mac:a=int8,length=16,accumulator_bits=32";

  @TempDir private Path folder;

  private record Run(int exit, String err, List<String> points) {}

  private Run run(String sweep) throws IOException {
    Path file = Files.writeString(folder.resolve("l.yaml"), sweep);
    Path out = folder.resolve("layers");
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("sweep", file.toString(), "--out", out.toString());
    Path points = out.resolve("points.csv");
    return new Run(
        code, err.toString(), Files.exists(points) ? Files.readAllLines(points) : List.of());
  }

  private static double cell(List<String> lines, int line, String head) {
    String[] heads = lines.get(0).split(",");
    String[] cells = lines.get(line).replaceAll("\"[^\"]*\"", "quoted").split(",", -1);
    for (int i = 0; i < heads.length; i++) {
      if (heads[i].startsWith(head)) {
        return Double.parseDouble(cells[i]);
      }
    }
    throw new AssertionError("no column " + head);
  }

  @Test
  void layersOfMoreBitsCostStorageAndLoseLess() throws IOException {
    Run run = run(LAYERS.formatted("bits_per_weight", INT8));
    assertThat(run.points()).hasSize(4);
    assertThat(cell(run.points(), 2, "bits_per_weight"))
        .isGreaterThan(cell(run.points(), 1, "bits_per_weight") + 5.9);
    assertThat(cell(run.points(), 2, "kl_bits")).isLessThan(0.1 * cell(run.points(), 1, "kl_bits"));
  }

  @Test
  void aBlockMayBeForOneNetwork() throws IOException {
    Run run = run(LAYERS.formatted("bits_per_weight", INT8));
    assertThat(run.points().stream().filter(line -> line.contains("mnist-cnn"))).hasSize(1);
  }

  @Test
  void energyOfALayerWithoutAUnitIsRefused() throws IOException {
    Run run = run(LAYERS.formatted("unit_energy_per_mac", "fc2=float"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("l.yaml", "asks for unit_energy_per_mac, but layer fc2 runs on exact sums");
  }

  @Test
  void layersOfMoreBitsCostEnergy() throws IOException {
    Run run = run(LAYERS.formatted("unit_energy_per_mac", INT8));
    assertThat(cell(run.points(), 2, "unit_energy_per_mac"))
        .isGreaterThan(1.5 * cell(run.points(), 1, "unit_energy_per_mac"));
  }

  @Test
  void aPatternThatMatchesNoLayerIsRefusedWithItsLine() throws IOException {
    Run run = run(LAYERS.formatted("bits_per_weight", "head=float"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("l.yaml:14", "head matches no layer; layers are fc1");
  }

  @Test
  void pointsSayHowTheyWereCalibratedAndLoseLess() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), SWEEP);
    Path out = folder.resolve("out");
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("sweep", file.toString(), "--out", out.toString());
    assertThat(code).isZero();
    List<String> lines = Files.readAllLines(out.resolve("points.csv"));
    assertThat(lines.get(1)).contains(",none,");
    assertThat(lines.get(2))
        .contains("\"equalize:iterations=20,gptq:act_order=false,damping=0.02,bias_correction\"");
    assertThat(nll(lines, 2)).isLessThan(nll(lines, 1));
  }

  private static double nll(List<String> lines, int line) {
    int column = List.of(lines.get(0).split(",")).indexOf("nll [nats]");
    String unquoted = lines.get(line).replaceAll("\"[^\"]*\"", "quoted");
    return Double.parseDouble(unquoted.split(",", -1)[column]);
  }
}
