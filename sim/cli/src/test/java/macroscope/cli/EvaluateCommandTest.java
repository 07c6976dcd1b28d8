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

  @Test
  void theProfileOfLayersIsWrittenAsTableAndChart() throws IOException {
    Path profile = folder.resolve("profile");
    Run run =
        run(
            "evaluate --model mnist-mlp --limit 20 --weights int4:channel --layer logits=float"
                + " --json --layers "
                + profile);
    assertThat(new ObjectMapper().readTree(run.out()).get("layers")).hasSize(3);
    assertThat(Files.readAllLines(profile.resolve("layers.csv"))).hasSize(4);
    assertThat(profile.resolve("layers.svg")).isNotEmptyFile();
    assertThat(profile.resolve("layers.png")).isNotEmptyFile();
  }

  @Test
  void theProfileDoesNotDependOnThreads() throws IOException {
    String line = "evaluate --model mnist-mlp --limit 20 --weights int4:channel --layers ";
    run(line + folder.resolve("a") + " --threads 1");
    run(line + folder.resolve("b") + " --threads 3");
    for (String file : new String[] {"layers.csv", "layers.svg", "layers.png"}) {
      assertThat(folder.resolve("a").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
    }
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
            "macroscope: --count-losses: fma_chain:format=binary32,length=4 does not count these;"
                + " fused and block-scaled dot products and integer arrays do\n");
  }

  private static final String INTEGERS =
      "evaluate --model mnist-mlp --weights int8:channel --activations int8:tensor --limit 100"
          + " --json --unit integer_mac:a=int8,length=16,accumulator_bits=32";

  private static double divergence(String line) throws IOException {
    return new ObjectMapper()
        .readTree(run(line).out())
        .at("/metrics/kl_bits_to_fp32/value")
        .doubleValue();
  }

  /** Relative change of the divergence from the float run, which is small with 8-bit operands. */
  @ParameterizedTest
  @CsvSource({
    "int16, 0, 0.02",
    "int8, 0.01, 1",
    "int16:half_up:4, 1, 100",
    "int16:floor:31, 0.02, 0.2",
    "int4, 1000, 10000"
  })
  void requantizedSumsLoseWhatTheirBitsSay(String requantization, double least, double most)
      throws IOException {
    double real = divergence(INTEGERS);
    double change = Math.abs(divergence(INTEGERS + " --requantize " + requantization) - real);
    assertThat(change / real).isBetween(least, most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--activations int8:token --unit sail --weights int4:channel | int8 | activations must have"
            + " one scale for the tensor, without zero points: int8:token",
        "--activations int8:tensor --unit sail --weights int4:group64 | int8 | weights must have"
            + " one scale a channel or for the tensor, without zero points: int4:group64",
        "--activations int8:tensor --weights int4:channel | int8 | needs a unit whose sums are"
            + " integers",
        "--activations int8:tensor --weights int8:channel --unit"
            + " lookup_table:weight_bits=4,activation_group=64,tables_per_call=16 | int8 | needs a"
            + " unit whose sums are integers of at most 32 bits: binary32",
        "--activations int8:tensor --unit sail --weights int4:channel | int8:up | rounding must be"
            + " one of floor, half_up, half_away, doubling_high_multiply: up",
        "--activations int8:tensor --unit sail --weights int4:channel | e5m2 | results must be"
            + " integers: e5m2"
      })
  void whatCannotBeRequantizedIsRefused(String options, String requantization, String rule) {
    Run run =
        run(
            "evaluate --model mnist-mlp --limit 2 --requantize "
                + requantization
                + " "
                + options.strip());
    assertThat(run.exit() + " " + run.err())
        .isEqualTo("2 macroscope: --requantize: " + rule + "\n");
  }

  /** Integer softmaxes change the language model's logits; more bits, less. */
  @ParameterizedTest
  @CsvSource({
    "real, 0, 0",
    "shiftmax8, 1e-5, 0.2",
    "shiftmax16, 1e-6, 0.1",
    "two_pass, 1e-9, 1e-2",
    "three_pass, 1e-9, 1e-2"
  })
  void softmaxOnIntegersComesNearTheRealOne(String softmax, double least, double most)
      throws IOException {
    assertThat(divergence("evaluate --model kjv-gpt --limit 2 --json --softmax " + softmax))
        .isBetween(least, most);
  }

  @Test
  void anUnknownSoftmaxIsRefused() {
    assertThat(run("evaluate --model kjv-gpt --limit 2 --softmax hard").err())
        .isEqualTo(
            "macroscope: --softmax: must be one of real, shiftmax8, shiftmax16, two_pass,"
                + " three_pass or a format: hard\n");
  }

  private static final String SAIL =
      "evaluate --model mnist-mlp --weights int4:channel --activations int8:token --limit 20 --json"
          + " --unit sail";

  /** The last row is the sum of the others. */
  @Test
  void lookupsAreCountedLayerByLayer() throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(run(SAIL + " --count-lookups").out()).get("lookups");
    long reads = 0;
    for (int layer = 0; layer < 3; layer++) {
      reads += rows.get(layer).get("reads").longValue();
    }
    assertThat(rows).hasSize(4);
    assertThat(rows.get(3).get("reads").longValue()).isEqualTo(reads).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"reuse=0, 0, 0", "reuse=1, 0.01, 0.3", "reuse=15, 0.05, 0.3"})
  void moreKeptWordsSaveMoreCycles(String change, double least, double most) throws IOException {
    Run run = run(SAIL + ":" + change + " --count-lookups");
    JsonNode all = new ObjectMapper().readTree(run.out()).get("lookups").get(3);
    assertThat(all.get("cycles_saved").doubleValue()).isBetween(least, most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--unit unpu --count-lookups | --count-lookups: unpu does not count these; units of the"
            + " family sram_table, as sail, do",
        "--unit sail --count-lookups --count-losses | --count-lookups: must not be given with"
            + " --count-losses",
        "--count-lookups | --count-lookups: exact sums have nothing to count; units of the family"
            + " sram_table, as sail, do"
      })
  void whatCannotBeCountedIsRefused(String options, String message) {
    Run run =
        run(
            "evaluate --model mnist-mlp --limit 2 --weights int2:channel --activations int8:token "
                + options);
    assertThat(run.exit() + " " + run.err()).isEqualTo("2 macroscope: " + message + "\n");
  }

  @Test
  void lookupsAreATableForPeople() {
    assertThat(run(SAIL.replace(" --json", "") + " --count-lookups").out())
        .contains("cycles saved by reuse");
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
