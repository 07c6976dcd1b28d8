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

  @TempDir private Path folder;

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
