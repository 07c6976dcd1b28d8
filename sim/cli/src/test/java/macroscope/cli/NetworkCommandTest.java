package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import macroscope.config.LanguageModelFile;
import macroscope.config.MachineCatalogue;
import macroscope.config.MachineFile;
import macroscope.config.MachineKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** Published parameters in billions; what is no matrix (norms, biases, positions) is left out. */
  @ParameterizedTest
  @CsvSource({
    "llama-3-8b, 8.030",
    "llama-3-70b, 70.554",
    "bitnet-3b, 3.324",
    "mixtral-8x7b, 46.703",
    "mamba-2-2.7b, 2.702",
    "llama-2-7b, 6.738",
    "llama-2-70b, 68.977",
    "gpt-3-175b, 174.6",
    "gpt-2, 0.1244"
  })
  void aShippedShapeHasTheWeightsOfItsModel(String name, double billions) {
    assertThat(LanguageModelFile.find(name).weights() / (billions * 1e9)).isBetween(0.992, 1.001);
  }

  private JsonNode trace() throws IOException {
    run(
        "network",
        "--model",
        "llama-3-8b",
        "--machine",
        "a100",
        "--decode",
        "--out",
        folder.toString());
    return new ObjectMapper().readTree(folder.resolve("trace.json").toFile());
  }

  @Test
  void aTraceHasEveryKernelOfEveryLayer() throws IOException {
    int complete = 0;
    for (JsonNode event : trace().get("traceEvents")) {
      complete += event.get("ph").asText().equals("X") ? 1 : 0;
    }
    assertThat(complete).isEqualTo(1 + 32 * 9 + 1);
  }

  @Test
  void eventsOfATraceFollowEachOtherWithoutOverlap() throws IOException {
    List<Double> gaps = new ArrayList<>();
    double end = 0;
    for (JsonNode event : trace().get("traceEvents")) {
      if (event.get("ph").asText().equals("X")) {
        gaps.add(event.get("ts").asDouble() - end);
        end = event.get("ts").asDouble() + event.get("dur").asDouble();
      }
    }
    assertThat(gaps).allMatch(gap -> gap > -1e-6);
  }

  @Test
  void aRooflineIsAPicture() throws IOException {
    trace();
    assertThat(ImageIO.read(folder.resolve("roofline.png").toFile()).getWidth()).isEqualTo(1920);
    assertThat(Files.readString(folder.resolve("roofline.svg"))).contains("llama-3-8b on a100");
  }

  @Test
  void kernelsAreTheRowsOfTheFile() throws IOException {
    trace();
    assertThat(Files.readAllLines(folder.resolve("kernels.csv"))).hasSize(1 + 9 + 1);
  }

  @Test
  void aTypeThatTheMachineDoesNotMultiplyIsWrongInput() {
    int code =
        run("network", "--model", "llama-3-8b", "--machine", "v100", "--activations", "int8:token");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("macroscope: v100 does not multiply int8\n");
  }

  @Test
  void anUnknownModelIsWrongInput() {
    assertThat(run("network", "--model", "llama-3-9b", "--machine", "a100")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean llama-3-8b?");
  }

  static List<String> machines() {
    return MachineFile.shipped().names();
  }

  /** In formats that the machine multiplies; every machine that is shipped. */
  @ParameterizedTest
  @MethodSource("machines")
  void everyMachineTimesANetworksGraph(String machine) {
    String scheme =
        switch (MachineKind.of(MachineCatalogue.path(machine))) {
          case GPU, CLUSTER -> "fp16";
          default -> "int8:tensor";
        };
    String weights = machine.matches("m2-ultra|orin|rpi5") ? "int4:channel" : scheme;
    int code =
        run(
            "network",
            "--model",
            "mnist-cnn",
            "--machine",
            machine,
            "--activations",
            scheme,
            "--weights",
            weights);
    assertThat(err.toString() + code).isEqualTo("0");
    assertThat(out.toString()).containsPattern("samples a second +[1-9]").contains("logits");
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("network", "--json"));
    all.addAll(List.of(arguments));
    out.getBuffer().setLength(0);
    run(all.toArray(String[]::new));
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void productsOfActivationsAreTimedAsWell() throws IOException {
    assertThat(json("--model", "kjv-gpt", "--machine", "a100").get("kernels"))
        .filteredOn(kernel -> kernel.path("operator").asText().equals("MatMul"))
        .anyMatch(kernel -> kernel.get("m").asInt() == 128 && kernel.get("n").asInt() == 128)
        .allMatch(kernel -> kernel.get("microseconds").asDouble() > 0);
  }

  @Test
  void aGraphHasNoDecodePhase() {
    int code = run("network", "--model", "mnist-cnn", "--machine", "a100", "--decode");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("macroscope: --decode: needs a shape of configs/workloads: mnist-cnn on a100\n");
  }

  @Test
  void formatsThatAMachineDoesNotMultiplyAreWrongInput() {
    int code = run("network", "--model", "mnist-cnn", "--machine", "pulp-8");
    assertThat(code).isZero();
    assertThat(
            run(
                "network",
                "--model",
                "mnist-cnn",
                "--machine",
                "pulp-8",
                "--activations",
                "int8:tensor"))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "macroscope: pulp-8 does not multiply int8 by int8 as node conv1 needs it, but fp16 by fp16, fp32 by fp32\n");
  }

  @Test
  void anUnknownMachineIsToldTheNearestOfMany() {
    run("machines", "xeon");
    assertThat(err.toString()).contains("; nearest are xeon-spr, xeon-icelake, xeon-skylake, ");
  }

  @Test
  void energyIsPrintedByLevelWithItsSources() {
    run("network", "--model", "llama-3-8b", "--machine", "a100", "--decode");
    assertThat(out.toString())
        .containsPattern("energy of a token +[0-9.]+ J")
        .containsPattern("  dram +[0-9.]+ J")
        .contains("mac_picojoules.f16: 0.9340, memory, Dally's energies times those of the process")
        .containsPattern("power limit +400.0 W")
        .contains("launches: 1, a graph of 289 kernels, 1.30 us between two");
  }

  @Test
  void energyWithoutPricesIsNotMadeUp() {
    run("network", "--model", "llama-3-8b", "--machine", "b200", "--decode");
    assertThat(out.toString())
        .contains("energy is not available: b200 has no prices of energy: no source prices")
        .doesNotContain("energy of a token");
  }

  @Test
  void severalGpusAddUpTheirResults() {
    run("network", "--model", "llama-3-70b", "--machine", "a100", "--gpus", "4", "--decode");
    assertThat(out.toString()).containsPattern("fits +yes").contains("sum after down");
  }

  @ParameterizedTest
  @CsvSource({
    "v100, 2, v100 has no interconnect: gpus must be 1: 2",
    "a100, 3, 3 processors must divide query heads: 64"
  })
  void gpusThatCannotShareTheModelAreWrongInput(String machine, String gpus, String message) {
    int code = run("network", "--model", "llama-3-70b", "--machine", machine, "--gpus", gpus);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("macroscope: " + message + "\n");
  }

  @Test
  void attentionInThreeKernelsHasItsSoftmax() {
    run(
        "network",
        "--model",
        "llama-3-8b",
        "--machine",
        "a100",
        "--attention-kernels",
        "three-passes");
    assertThat(out.toString()).contains("attention, softmax").contains("3 passes");
  }

  @Test
  void aPlatformsNeedIsToldForAnyMachineAndForEachGpu() {
    run(
        "platform",
        "--model",
        "llama-3-70b",
        "--batch",
        "16",
        "--context",
        "32768",
        "--tokens-per-second",
        "800",
        "--csv");
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("decode,312.903,15540.1,"))
        .anyMatch(line -> line.startsWith("decode,,,,a100,8,bandwidth"));
  }

  @Test
  void aPlatformNeedsAGoal() {
    assertThat(run("platform", "--model", "llama-3-8b")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "macroscope: --tokens-per-second: or --first-token-seconds must be given, or both\n");
  }

  private double mixedMilliseconds(String share) {
    out.getBuffer().setLength(0);
    run(
        "network",
        "--model",
        "llama-3-8b",
        "--machine",
        "a100",
        "--activations",
        "int4:token",
        "--attention",
        "fp16",
        "--batch",
        "8",
        "--wide-share",
        share);
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("latency"))
        .mapToDouble(line -> Double.parseDouble(line.split(" +")[1]))
        .sum();
  }

  @Test
  void wideChannelsTakeLonger() {
    assertThat(List.of(mixedMilliseconds("0"), mixedMilliseconds("0.2"), mixedMilliseconds("0.5")))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void wideChannelsAreThoseOfInt4() {
    int code = run("network", "--model", "llama-3-8b", "--machine", "a100", "--wide-share", "0.2");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("macroscope: channels are wide beside int4 only: activations are f16\n");
  }

  private JsonNode figures(String line) throws IOException {
    return json(line.split(" "));
  }

  @Test
  void everyFigureOfTheTextIsInTheJson() throws IOException {
    JsonNode all = figures("--model llama-3-8b --machine a100 --decode");
    assertThat(all.get("summary").fieldNames())
        .toIterable()
        .contains(
            "latency_milliseconds",
            "tokens_per_second",
            "part_of_peak_percent",
            "bound",
            "weights_gigabytes",
            "cache_gigabytes",
            "activations_gigabytes",
            "memory_gigabytes",
            "fits",
            "moved_gigabytes",
            "energy_joules",
            "energy_per_token_joules",
            "mean_power_watts");
    assertThat(
            List.of(all.get("bounds").size(), all.get("energy").size(), all.get("prices").size()))
        .allMatch(size -> size > 2);
  }

  @Test
  void theCsvHasEveryFigureARow() {
    run("network", "--model", "llama-3-8b", "--machine", "a100", "--decode", "--csv");
    assertThat(out.toString().lines())
        .startsWith("section,item,quantity,value")
        .anyMatch(line -> line.startsWith("summary,,tokens_per_second,"))
        .anyMatch(line -> line.startsWith("energy,dram,joules,"))
        .anyMatch(line -> line.startsWith("bounds,dram,percent,"))
        .anyMatch(line -> line.startsWith("kernels,attention,total_microseconds,"));
  }

  @Test
  void aGraphWritesTheFilesOfAShape() {
    run("network", "--model", "mnist-cnn", "--machine", "a100", "--out", folder.toString());
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "summary.json",
            "summary.csv",
            "bounds.csv",
            "energy.csv",
            "prices.csv",
            "kernels.csv",
            "roofline.csv",
            "roofline.svg",
            "roofline.png",
            "trace.json");
  }

  @Test
  void aGraphHasItsEnergyAndItsMemory() throws IOException {
    JsonNode summary = figures("--model mnist-mlp --machine a100").get("summary");
    assertThat(summary.get("energy_per_sample_joules").asDouble()).isPositive();
    assertThat(summary.get("activations_gigabytes").asDouble()).isEqualTo(2.08e-6);
  }

  @Test
  void whatDoesNotFitIsSaidAndTimedAsIfItDid() {
    run("network", "--model", "llama-3-70b", "--machine", "a100", "--decode");
    assertThat(out.toString())
        .containsPattern("does not fit +1[0-9.]+ GB of 80.00 GB: figures are those if it fitted")
        .containsPattern("latency +[0-9.]+ ms");
  }

  @ParameterizedTest
  @CsvSource({
    "rpi5, fp16, int2:channel",
    "m2-ultra, fp16, ternary:channel",
    "xeon-spr, int8:token, int8:channel",
    "sail-32mb, int8:token, int4:group128",
    "tpu-like-128x128-hbm, int8:token, int8:channel",
    "amx-spr, bf16, bf16",
    "a100-lut-4x, int8:token, int2:channel"
  })
  void aShapeRunsOnMachinesOfAllKindsThatMultiply(String machine, String a, String b)
      throws IOException {
    JsonNode summary =
        figures(
                "--model bitnet-3b --decode --machine "
                    + machine
                    + (" --activations " + a + " --weights " + b))
            .get("summary");
    assertThat(summary.get("tokens_per_second").asDouble()).isPositive();
    assertThat(summary.get("untimed_kernels").asInt()).isZero();
  }

  private double rate(int cores) throws IOException {
    String line = "--model bitnet-3b --machine rpi5 --decode --weights int2:channel --cores ";
    return figures(line + cores).at("/summary/tokens_per_second").asDouble();
  }

  @Test
  void moreCoresAreFaster() throws IOException {
    assertThat(rate(2)).isBetween(rate(1), 2 * rate(1));
  }

  @Test
  void wideWeightsOfTheOutputTakeMoreTimeAndMemory() throws IOException {
    String line = "--model gpt-2 --machine a100 --decode --weights int4:channel";
    JsonNode narrow = figures(line);
    JsonNode wide = figures(line + " --output-weights fp16");
    for (String figure : List.of("weights_gigabytes", "latency_milliseconds")) {
      String path = "/summary/" + figure;
      assertThat(wide.at(path).asDouble()).isGreaterThan(narrow.at(path).asDouble());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model llama-3-8b --machine rpi5 --gpus 2|--gpus: needs a machine of kind gpu",
        "--model llama-3-8b --machine a100 --cores 2|--cores: needs a machine of kind cpu",
        "--model llama-3-8b --machine finn-u280|--machine: needs a graph for a folded device",
        "--model llama-3-8b --machine a100 --length 3|--length: needs a graph",
        "--model mnist-cnn --machine a100 --context 3|--context: needs a shape",
        "--model mnist-cnn --machine a100 --axis x=3|--axis: must name an open axis",
        "--model nosuch --machine a100|--model: must be a shape or a network that there is"
      })
  void optionsThatDoNotGoTogetherAreWrongInput(String arguments, String message) {
    assertThat(run(("network " + arguments).split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("macroscope: " + message).hasLineCount(1);
  }

  @Test
  void anEmbeddingIsKeptAndNotRead() throws IOException {
    JsonNode summary = figures("--model llama-3-8b --machine t4 --decode").get("summary");
    assertThat(summary.get("weights_gigabytes").asDouble()).isBetween(16.05, 16.07);
    assertThat(summary.get("fits").asBoolean()).isFalse();
    assertThat(summary.get("moved_gigabytes").asDouble()).isLessThan(15.5);
  }

  @ParameterizedTest
  @CsvSource({
    "network --model mamba-2-2.7b --machine a100 --decode --cache-inputs",
    "network --model mamba-2-2.7b --machine rpi5 --weights int2:channel --cache-inputs",
    "platform --model mamba-2-2.7b --tokens-per-second 10 --cache-inputs"
  })
  void aModelWithoutAttentionHasNoInputsToCache(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "macroscope: --cache-inputs: needs attention, whose inputs it caches: mamba-2-2.7b has none\n");
  }

  @ParameterizedTest
  @CsvSource({
    "network --model llama-3-8b --machine a100 --decode --cache-inputs",
    "platform --model llama-3-8b --tokens-per-second 10 --cache-inputs"
  })
  void cachedInputsThatAreLargerThanKeysAndValuesAreSaid(String line) {
    run(line.split(" "));
    assertThat(out.toString())
        .contains("cached inputs are larger than the keys and values that they replace: 4096 in");
  }

  private static final String FOUR_BITS =
      "--model llama-3-8b --machine a100 --decode --weights int4:group128 --cache int4:token";

  @Test
  void theTextBeginsWithWhatWasRun() {
    run(("network " + FOUR_BITS).split(" "));
    assertThat(out.toString())
        .startsWith(
            "llama-3-8b on a100: decode, batch 1, context 2048, weights int4:group128, output weights"
                + " int4:group128, activations fp16, attention fp16, cache int4:token, cached keys and"
                + " values, attention kernels flash\n");
  }

  @Test
  void theSummarySaysTheFormats() throws IOException {
    JsonNode summary = figures(FOUR_BITS).get("summary");
    assertThat(
            List.of(
                summary.get("weights").asText(),
                summary.get("activations").asText(),
                summary.get("cache").asText()))
        .containsExactly("int4:group128", "fp16", "int4:token");
  }

  @Test
  void aRooflineSaysTheFormats() throws IOException {
    run(("network " + FOUR_BITS + " --out " + folder).split(" "));
    assertThat(Files.readString(folder.resolve("roofline.svg")))
        .contains("weights int4:group128", "cache int4:token");
  }

  @Test
  void pricesStandAfterTheKernels() {
    run("network", "--model", "gpt-2", "--machine", "a100", "--decode");
    assertThat(out.toString()).containsSubsequence("query, key, value", "prices of energy");
  }

  @Test
  void scalesOfAChannelAreThoseThatAreReadOnACore() throws IOException {
    for (JsonNode kernel :
        figures("--model bitnet-3b --machine m2-ultra --decode --weights int2:channel")
            .get("kernels")) {
      if (kernel.get("kernel").asText().equals("query, key, value")) {
        assertThat(kernel.get("dram_bytes").asLong()).isBetween(7_680_000L, 7_680_000L + 9600 * 4);
      }
    }
  }

  private JsonNode inputs(String cache) throws IOException {
    return figures(
            "--model llama-2-7b --machine a100 --decode --batch 8 --context 4096 --cache-inputs --cache "
                + cache)
        .get("summary");
  }

  @Test
  void keysThatAreMadeOfInputsDoNotLeaveTheChip() throws IOException {
    JsonNode summary = inputs("fp16");
    double kept =
        summary.get("weights_gigabytes").asDouble() + summary.get("cache_gigabytes").asDouble();
    assertThat(summary.get("moved_gigabytes").asDouble()).isBetween(0.95 * kept, 1.25 * kept);
  }

  @Test
  void aNarrowerCacheOfInputsIsNotSlower() throws IOException {
    assertThat(inputs("int4:group128").get("latency_milliseconds").asDouble())
        .isLessThanOrEqualTo(inputs("fp16").get("latency_milliseconds").asDouble());
  }

  @ParameterizedTest
  @CsvSource({"systolic-16x16-ws", "sail-32mb", "eyeriss"})
  void aMachineOfUnknownMemorySaysSo(String machine) {
    run(("network --model mnist-mlp --activations int8:tensor --machine " + machine).split(" "));
    assertThat(out.toString()).containsPattern("fits +memory capacity not stated");
  }

  @Test
  void anArrayThatDrainsBeforeItsNextTileSaysSo() {
    String line = "network --model gpt-2 --decode --activations int8:token --machine ";
    run((line + "tpu-like-128x128-hbm").split(" "));
    assertThat(out.toString()).contains("is shifted in when the tile before has drained");
  }

  private double folded(int batch) throws IOException {
    String line = "--model mnist-mlp --machine finn-u280 --activations int4:tensor --batch ";
    return figures(line + batch).at("/summary/latency_milliseconds").asDouble();
  }

  @Test
  void aBatchOnAFoldedDeviceAddsTheSlowestLayersTime() throws IOException {
    double each = folded(2) - folded(1);
    assertThat((folded(5) - folded(1)) / each).isBetween(3.99, 4.01);
  }
}
