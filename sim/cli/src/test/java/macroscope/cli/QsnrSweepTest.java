package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Sweeps of formats over matrices, from the file to the chart. */
class QsnrSweepTest {

  private static final String SWEEP =
      """
      name: small
      title: Small
      matrices:
        - {distribution: uniform, rows: 40, columns: 64}
      series:
        - {name: MX, formats: [mxfp4, mxint8]}
        - {name: truncated, rounding: toward_zero, formats: [msfp12]}
      """;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String yaml, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), yaml);
    CommandLine commandLine = Macroscope.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    commandLine.setOut(new PrintWriter(new StringWriter()));
    String[] fixed = {"sweep", file.toString(), "--out", folder.resolve("out").toString()};
    return commandLine.execute(
        Stream.of(fixed, options).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void itWritesATableAndCharts() throws IOException {
    assertThat(run(SWEEP)).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "sweep.json",
              "qsnr.csv",
              "qsnr-1-uniform.csv",
              "qsnr-1-uniform.png",
              "qsnr-1-uniform.svg");
    }
  }

  @Test
  void everyFormatHasARow() throws IOException {
    run(SWEEP);
    assertThat(Files.readAllLines(folder.resolve("out/qsnr.csv")))
        .hasSize(4)
        .startsWith(
            "distribution,rows,columns,seed,series,rounding,format,bits_per_element,qsnr_db,"
                + "qsnr_standard_error_db,on_front");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "uniform ! unifrm ! distribution must be one of",
        "rows: 40 ! rows: 0 ! rows and columns must be positive",
        "mxint8 ! mxint88 ! integer bits must be 2..24: 88",
        "toward_zero ! to_zero ! rounding",
        "name: small ! name: a/b ! must be letters, digits",
        "title ! titel ! unknown key"
      })
  void whatIsWrongIsRefusedByPlace(String right, String wrong, String message) throws IOException {
    assertThat(run(SWEEP.replace(right, wrong))).isEqualTo(2);
    assertThat(err.toString()).contains("small.yaml").contains(message);
  }

  @Test
  void optionsOfOtherSweepsAreRefused() throws IOException {
    assertThat(run(SWEEP, "--limit", "2")).isEqualTo(2);
  }
}
