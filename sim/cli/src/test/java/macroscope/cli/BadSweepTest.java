package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong sweep files, through the whole program: exit code 2, one line on standard error that names
 * file, line, key and rule, and nothing written.
 */
class BadSweepTest {

  private static final String GOOD =
      """
      name: small
      title: Small
      models: mnist-mlp
      samples: 10
      machines: systolic-16x16-ws
      technologies: 45nm
      fronts:
        - {quality: nll, cost: unit_energy_per_mac, technologies: 45nm}
      designs:
        - name: integers
          weights: "int4:channel"
          activations: "int8:token"
          units:
            - {family: integer_mac, length: 16, accumulator_bits: 32}
      """;

  /**
   * @param what the kind of mistake
   * @param right what stands in the good file
   * @param wrong what stands there instead; {@code {dir}} is the folder of the file
   * @param line the line that must be named
   * @param rule what must be said of the rule
   */
  private record Mistake(String what, String right, String wrong, int line, String rule) {
    @Override
    public String toString() {
      return what;
    }
  }

  @TempDir private Path folder;

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake("unknown key", "samples:", "sampels:", 4, "did you mean samples?"),
        new Mistake("missing key", "title: Small\n", "", 1, "key title is missing"),
        new Mistake("key given twice", "samples: 10", "samples: 10\nsamples: 20", 5, "twice"),
        new Mistake("wrong type", "samples: 10", "samples: ten", 4, "must be a whole number"),
        new Mistake("no sample", "samples: 10", "samples: 0", 4, "must be 1..5000: 0"),
        new Mistake("too many samples", "samples: 10", "samples: 5001", 4, "must be 1..5000"),
        new Mistake("no batch", "samples: 10", "batch: 0", 4, "batch must be at least 1: 0"),
        new Mistake(
            "vast batch", "samples: 10", "batch: 2000000000", 4, "fewer than 2^31 elements"),
        new Mistake(
            "unknown calibration method",
            "    activations:",
            "    calibration: [gptx]\n    activations:",
            12,
            "unknown calibration method gptx; one of equalize, "),
        new Mistake(
            "parameter of a calibration method out of range",
            "    activations:",
            "    calibration: [gptq: {damping: 2}]\n    activations:",
            12,
            "gptq: damping must be 0..1: 2"),
        new Mistake(
            "calibration methods in a wrong order",
            "    activations:",
            "    calibrations: [none, [gptq, awq]]\n    activations:",
            12,
            "awq (transform) must stand before gptq (rounding)"),
        new Mistake("empty axis", "mnist-mlp", "[]", 3, "list must not be empty"),
        new Mistake("value given twice", "mnist-mlp", "[mnist-mlp, mnist-mlp]", 3, "twice"),
        new Mistake("unknown model", "mnist-mlp", "mnist-rnn", 3, "no such model"),
        new Mistake("missing ONNX file", "mnist-mlp", "{dir}/none.onnx", 3, "no such model"),
        new Mistake("corrupt ONNX file", "mnist-mlp", "{dir}/corrupt.onnx", 3, "not an ONNX file"),
        new Mistake(
            "unknown machine",
            "systolic-16x16-ws",
            "systolic-16x16",
            5,
            "did you mean systolic-16x16-is?"),
        new Mistake("unknown technology", "technologies: 45nm\n", "technologies: 4nm\n", 6, "4nm"),
        new Mistake("missing price", "45nm", "fpga-lut6", 14, "has no price for the energy of"),
        new Mistake("front of another technology", "45nm}", "7nm}", 8, "one of this sweep: 7nm"),
        new Mistake("unknown objective", "unit_energy_per_mac", "beauty", 8, "unknown objective"),
        new Mistake("unknown format", "int4:", "fp7:", 11, "unknown format fp7"),
        new Mistake("unknown granularity", ":token", ":pixel", 12, "granularity must be tensor"),
        new Mistake("unknown unit", "integer_mac", "integer_mca", 14, "family: must be one of"),
        new Mistake("parameter out of range", "bits: 32", "bits: 99", 14, "must be 8..63: 99"),
        new Mistake("formats that a unit cannot read", "int4:", "e5m2:", 14, "must be integers"),
        new Mistake("not YAML", "models: mnist-mlp", "models: [mnist-mlp", 4, "no YAML"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isExitCode2AndOneLineWithPlaceAndRule(Mistake mistake) throws IOException {
    byte[] cut = "\b\n\u0012\u0007pytorch:\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("corrupt.onnx"), cut);
    assertThat(GOOD).contains(mistake.right());
    String wrong = mistake.wrong().replace("{dir}", folder.toString());
    Path file =
        Files.writeString(folder.resolve("small.yaml"), GOOD.replace(mistake.right(), wrong));
    Path out = folder.resolve("out");
    StringWriter err = new StringWriter();
    int code = sweep(err, file, out);
    assertThat(code).as(err.toString()).isEqualTo(2);
    List<String> lines = err.toString().lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains(file + ":" + mistake.line() + ":", mistake.rule());
    assertThat(out).doesNotExist();
  }

  @Test
  void theFileThatTheMistakesStartFromIsRight() throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), GOOD);
    StringWriter err = new StringWriter();
    assertThat(sweep(err, file, folder.resolve("out"))).as(err.toString()).isZero();
  }

  @Test
  void aFileInTheWayOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), GOOD);
    StringWriter err = new StringWriter();
    assertThat(sweep(err, file, file)).isEqualTo(2);
    assertThat(err.toString()).contains(file + ": must be a folder, not a file");
  }

  private static int sweep(StringWriter err, Path file, Path out) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute("sweep", file.toString(), "--out", out.toString());
  }
}
