package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
  @TempDir Path folder;

  private record Run(int exit, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Macroscope.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Run(line.execute(arguments), out.toString(), err.toString());
  }

  private static Run run(String line) {
    return run(line.split(" "));
  }

  @Test
  void jsonNamesEveryMetricWithItsStandardError() throws IOException {
    Run run = run("evaluate --model mnist-mlp --weights int4:channel --limit 100 --json");
    JsonNode metrics = new ObjectMapper().readTree(run.out()).get("metrics");
    assertThat(metrics.get("nll").get("standard_error").doubleValue()).isPositive();
  }

  @Test
  void unitSpelledByItsParametersMultiplies() throws IOException {
    Run run =
        run(
            "evaluate --model mnist-mlp --weights e4m3fn:channel --activations e4m3fn:token"
                + " --unit kulisch:a=e4m3fn,length=4,terms=1024 --limit 100 --json");
    JsonNode divergence = new ObjectMapper().readTree(run.out()).at("/metrics/kl_bits_to_fp32");
    assertThat(divergence.get("value").doubleValue()).isBetween(1e-6, 1e-2);
  }

  /** Dequantized to binary16 with scales before, which rounds; kept elements of a 2:4 matrix. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int4:group16 | +dequantize:weights=int4",
        "uint4:group16:asym | +dequantize:weights=uint4,zero=fused",
        "binary16:2of4 | +sparse",
        "int4:group16:2of4 | +sparse+dequantize:weights=int4+promote:interval=32"
      })
  void optionsOfAUnitMultiply(String weights, String option) throws IOException {
    Run run =
        run(
            "evaluate --model mnist-mlp --limit 20 --json --activations binary16 --weights "
                + weights
                + " --unit fused:a=binary16,length=16,kept_fraction_bits=24"
                + option);
    JsonNode divergence = new ObjectMapper().readTree(run.out()).at("/metrics/kl_bits_to_fp32");
    assertThat(divergence.get("value").doubleValue()).isBetween(1e-9, 1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate --model nothing | nothing: no such model; a path to an ONNX file or one of",
        "evaluate --model mnist-mlp --weights int4 | --weights: scheme int4: needs a granularity",
        "evaluate --model mnist-mlp --activations x9 | --activations: scheme x9:",
        "evaluate --model mnist-mlp --unit abacus | --unit: must be the name of a unit: abacus",
        "evaluate --model mnist-mlp --limit 1 | --limit: samples of mnist-public must be 2..5000:"
            + " 1",
        "evaluate --model mnist-mlp --threads 0 | --threads: must be 1..1024: 0",
        "evaluate --model mnist-mlp --data none-images-idx3 | none-images-idx3: a file that can be",
        "evaluate --model mnist-mlp --data labels.txt | labels.txt: the name must contain"
            + " images-idx3",
        "evaluate --model kjv-gpt --data none.txt | none.txt: a UTF-8 text file that can be read",
        "qsnr --format int8:channel | One of --data FILE.npy, --distribution and --model is needed",
        "qsnr --format int8:channel --data none.npy | none.npy: a .npy file that can be read is"
            + " needed",
        "qsnr --format int8:channel --distribution cauchy | distribution must be one of gaussian,"
      })
  void mistakeIsToldInOneLineWithExitCodeTwo(String line, String message) {
    Run run = run(line.strip());
    assertThat(run.exit() + " " + run.err().replaceFirst("\\R$", ""))
        .startsWith("2 macroscope: " + message)
        .doesNotContain("\n");
  }

  private static final String FP8 =
      "evaluate --model mnist-mlp --weights e4m3fn:channel --activations e4m3fn:token --limit 20"
          + " --json --unit nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";

  @Test
  void lossesAreCountedLayerByLayer() throws IOException {
    JsonNode losses = new ObjectMapper().readTree(run(FP8 + " --count-losses").out()).get("losses");
    assertThat(losses).hasSize(3);
    assertThat(losses)
        .allSatisfy(
            layer -> {
              assertThat(layer.get("cut").longValue())
                  .isPositive()
                  .isLessThan(layer.get("terms").longValue());
              assertThat(layer.get("overflows").longValue()).isZero();
            });
  }

  @Test
  void countingLossesChangesNoLogit() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(run(FP8 + " --count-losses").out()).get("logits_sha256"))
        .isEqualTo(mapper.readTree(run(FP8).out()).get("logits_sha256"));
  }

  @Test
  void aUnitThatDoesNotCountLossesSaysSo() {
    Run run =
        run(
            "evaluate --model mnist-mlp --limit 2 --count-losses"
                + " --unit fma_chain:format=binary32,length=4");
    assertThat(run.err())
        .isEqualTo(
            "macroscope: --count-losses: fma_chain:format=binary32,length=4 does not count losses;"
                + " fused and block-scaled dot products and integer arrays do\n");
  }

  @Test
  void fileThatIsNoNetworkIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("net.onnx"), "This is not a network.");
    Run run = run("evaluate", "--model", file.toString(), "--data", "x-images-idx3");
    assertThat(run.err()).startsWith("macroscope: " + file + ": not an ONNX file");
  }

  @Test
  void qsnrOfADistributionIsOneRowOfCsv() {
    Run run = run("qsnr --format mxfp4 --distribution gaussian-variable --csv");
    assertThat(run.out())
        .isEqualTo(
            "format,tensor,operand,rows,columns,bits_per_element,qsnr_db,qsnr_standard_error_db\n"
                + "mxfp4,gaussian-variable,,20000,256,4.25,18.7504,0.0061\n");
  }

  @Test
  void qsnrOfANetworkHasTwoRowsALayer() {
    Run run = run("qsnr --format int8:token --model mnist-mlp --limit 10 --csv");
    assertThat(run.out().lines()).hasSize(1 + 2 * 3);
  }
}
