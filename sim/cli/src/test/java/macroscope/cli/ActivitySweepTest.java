package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that counts toggling bits. */
class ActivitySweepTest {

  private static final String SWEEP =
      """
      name: toggles
      title: Toggles
      models: mnist-mlp
      samples: 4
      activity: true
      machines: systolic-16x16-ws
      technologies: 45nm
      fronts:
        - {quality: nll, cost: unit_energy_per_mac_on_data}
      designs:
        - name: integers
          weights: "int8:channel"
          activations: "int8:token"
          units:
            - {family: integer_mac, length: 4, accumulator_bits: 32}
      """;

  @TempDir private Path folder;

  private String run(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("toggles.yaml"), text);
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("sweep", file.toString(), "--out", folder.resolve("out").toString());
    return code + ": " + err;
  }

  private double cell(String head) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("out").resolve("points.csv"));
    int column = Arrays.asList(lines.get(0).split(",")).indexOf(head);
    return Double.parseDouble(lines.get(1).split(",")[column]);
  }

  @Test
  void realDataCostLessThanRandomCodes() throws IOException {
    assertThat(run(SWEEP)).isEqualTo("0: ");
    assertThat(cell("unit_energy_per_mac_on_data [pJ]"))
        .isBetween(0.1 * cell("unit_energy_per_mac [pJ]"), 0.9 * cell("unit_energy_per_mac [pJ]"));
  }

  @Test
  void energiesOnDataAreRefusedWhereNoTogglesAreCounted() throws IOException {
    assertThat(run(SWEEP.replace("activity: true\n", "")))
        .startsWith("2: ")
        .contains("it is not counted: the unit has none, or the sweep needs activity: true");
  }
}
