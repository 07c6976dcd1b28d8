package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines asked for wrongly: exit code 2, one line, and no folder made. */
class EngineOptionsTest {

  private static final String SWEEP =
      """
      name: small
      title: Small
      models: mnist-mlp
      samples: 4
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

  @TempDir private Path folder;
  private Path designs;

  @BeforeEach
  void write() throws IOException {
    designs = Files.writeString(folder.resolve("small.yaml"), SWEEP);
  }

  private String sweep(Path file, String options) {
    StringWriter err = new StringWriter();
    String line = "sweep " + file + " --out " + folder.resolve("out") + " " + options;
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(line.split(" "));
    return code + ": " + err;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--engine sprak | --engine: must be one of local, spark: sprak",
        "--engine spark --master spark://h:7077 | --engine: spark is not on the class path; start"
            + " ./macroscope, which fetches it",
        "--master spark://h:7077 | --master: belongs to --engine spark: spark://h:7077",
        "--engine spark --shard 1/2 | --threads and --shard divide a sweep by hand; --engine takes"
            + " neither (see 'macroscope sweep --help')",
        "--engine spark --threads 2 | --threads and --shard divide a sweep by hand; --engine takes"
            + " neither (see 'macroscope sweep --help')"
      })
  void aWrongEngineIsRefusedInOneLine(String options, String rule) {
    assertThat(sweep(designs, options)).isEqualTo("2: macroscope: " + rule + "\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--engine spark", "--master spark://h:7077"})
  void aSweepWithoutNetworksRunsOnThisMachineAlone(String options) throws IOException {
    Path formats =
        Path.of(System.getProperty("macroscope.home"), "configs/sweeps/qsnr-formats.yaml");
    assertThat(sweep(formats, options))
        .startsWith("2: macroscope: A sweep over matrices takes --out and --threads only, not")
        .hasLineCount(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void theLocalEngineCanBeAskedFor() {
    assertThat(sweep(designs, "--engine local")).isEqualTo("0: ");
  }
}
