package macroscope.machine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.config.GpuFile;
import macroscope.config.MachineCatalogue;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.FittedConstants;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuMemory;
import macroscope.machine.gpu.KernelGaps;
import macroscope.machine.gpu.KernelLibrary;
import macroscope.machine.gpu.KernelTile;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.gpu.VectorLanes;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.LanguageModel.FeedForward;
import macroscope.workload.LanguageModel.Heads;
import macroscope.workload.LanguageModel.StateSpace;
import macroscope.workload.ModelOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkOnGpuTest {

  private static final Precision HALVES =
      new Precision(OperandType.F16, OperandType.F16, 16, 16, 16, 32);

  private static final LanguageModel SMALL =
      transformer(new Heads(8, 2, 64), new FeedForward(2048, true, 1, 1));

  private static LanguageModel transformer(Heads heads, FeedForward forward) {
    return new LanguageModel(
        "small", 4, 512, 1000, true, Optional.of(heads), Optional.empty(), Optional.of(forward));
  }

  private static Gpu gpu() {
    return new Gpu(
        "round",
        10,
        1000,
        Map.of(OperandType.F16, 1024.0),
        new VectorLanes(64, 16, 64, 256),
        new GpuMemory(65536, 164 * 1024, 128, 1 << 20, 640, 64, 100, 500, 1e8),
        new KernelLibrary(
            List.of(new KernelTile(128, 128, 64, 4, 2, 2)), 32, true, false, 1, 1, false),
        new FittedConstants(10, 1, 1));
  }

  private static NetworkEstimate estimate(LanguageModel model, Inference phase, Precision formats) {
    return new NetworkOnGpu(gpu(), formats).estimate(model, phase);
  }

  private static Inference decode(int batch, int context) {
    return new Inference(true, batch, context, false);
  }

  private static Inference prefill(int batch, int context) {
    return new Inference(false, batch, context, false);
  }

  /** 4 layers of 512 x (512 + 2 x 128) + 512 x 512 + 3 x 512 x 2048, and 512 x 1000. */
  @Test
  void weightsAreThoseOfTheMatrices() {
    long layer = 512 * (512 + 256) + 512 * 512 + 3 * 512 * 2048;
    assertThat(SMALL.weights()).isEqualTo(4 * layer + 512 * 1000);
  }

  /** Each weight once for each token, and for each of 10 tokens those before it and itself. */
  @Test
  void prefillMultipliesEachTokenByEveryWeightAndHalfOfAllPairs() {
    double linear = 10.0 * (SMALL.weights() - 512 * 1000) + 512 * 1000;
    double attention = 4 * 2.0 * 8 * 64 * 55;
    assertThat(estimate(SMALL, prefill(1, 10), HALVES).macs()).isEqualTo(linear + attention);
  }

  @Test
  void decodeMultipliesOneTokenByEveryWeightAndByTheContext() {
    double attention = 4 * 2.0 * 8 * 64 * 100;
    assertThat(estimate(SMALL, decode(1, 100), HALVES).macs())
        .isEqualTo(SMALL.weights() + attention);
  }

  @Test
  void decodeMovesAllWeightsAndTheCache() {
    NetworkEstimate estimate = estimate(SMALL, decode(1, 4000), HALVES);
    double least = estimate.weightBytes() + estimate.cacheBytes();
    assertThat(estimate.dramBytes()).isBetween(least, 1.02 * least);
  }

  @Test
  void decodeOfOneSequenceIsBoundByMemory() {
    assertThat(estimate(SMALL, decode(1, 4000), HALVES).bound()).isEqualTo(Bound.DRAM);
  }

  @Test
  void prefillOfALongPromptIsBoundByTensorCores() {
    LanguageModel wide =
        new LanguageModel(
            "wide",
            4,
            8192,
            1000,
            true,
            Optional.of(new Heads(64, 8, 128)),
            Optional.empty(),
            Optional.of(new FeedForward(32768, true, 1, 1)));
    assertThat(estimate(wide, prefill(1, 4096), HALVES).bound()).isEqualTo(Bound.TENSOR_CORES);
  }

  @Test
  void aCacheOfFourBitsIsAQuarterOfOneOfSixteen() {
    Precision four = new Precision(OperandType.F16, OperandType.F16, 16, 16, 4, 32);
    assertThat(4 * estimate(SMALL, decode(2, 1000), four).cacheBytes())
        .isEqualTo(estimate(SMALL, decode(2, 1000), HALVES).cacheBytes());
  }

  /** Inputs have 512 numbers, keys and values of two heads 256; making them again takes products. */
  @Test
  void cachedInputsCostProductsInPlaceOfAHeadsMemory() {
    Inference inputs = new Inference(true, 1, 1000, true);
    NetworkEstimate estimate = estimate(SMALL, inputs, HALVES);
    assertThat(estimate.cacheBytes())
        .isEqualTo(2 * estimate(SMALL, decode(1, 1000), HALVES).cacheBytes());
    assertThat(estimate.macs() - estimate(SMALL, decode(1, 1000), HALVES).macs())
        .isEqualTo(4 * 1000.0 * 256 * 512);
  }

  /** One token goes through two of eight experts, a thousand through all of them. */
  @Test
  void onlyExpertsThatTokensGoToAreRead() {
    LanguageModel experts = transformer(new Heads(8, 2, 64), new FeedForward(2048, true, 8, 2));
    assertThat(List.of(matrices(experts, decode(1, 1)), matrices(experts, prefill(1, 1000))))
        .containsExactly(2, 8);
  }

  private static int matrices(LanguageModel model, Inference phase) {
    return model.operators(phase).stream()
        .filter(o -> o.name().equals("up"))
        .mapToInt(o -> ((ModelOperator.Projection) o).matrices())
        .sum();
  }

  @Test
  void aStateSpaceModelReadsAndWritesItsStateForEachToken() {
    LanguageModel mamba =
        new LanguageModel(
            "mamba",
            2,
            256,
            1000,
            true,
            Optional.empty(),
            Optional.of(new StateSpace(512, 64, 128, 1, 4, 64)),
            Optional.empty());
    NetworkEstimate estimate = estimate(mamba, decode(3, 500), HALVES);
    KernelEstimate update =
        estimate.kernels().stream()
            .filter(k -> k.operator().name().equals("state update"))
            .findFirst()
            .orElseThrow();
    assertThat(update.dramBytes()).isEqualTo(2 * 4.0 * 3 * 512 * 128);
  }

  @Test
  void theTimeOfAllKernelsAndTheLaunchIsThatOfTheNetwork() {
    NetworkEstimate estimate = estimate(SMALL, prefill(2, 100), HALVES);
    assertThat(estimate.secondsByBound().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(estimate.seconds(), within(1e-12));
  }

  /** 4 layers of nine kernels: two norms, rotary embedding, attention, four products, activation; the output. */
  @Test
  void allKernelsOfAStepAreOneGraph() {
    assertThat(estimate(SMALL, decode(1, 100), HALVES).launchedKernels()).isEqualTo(4 * 9 + 1);
  }

  @Test
  void betweenTwoKernelsLiesTheGapOfAGraph() {
    Gpu a100 = GpuFile.read(MachineCatalogue.path("a100")).gpu();
    NetworkEstimate estimate = new NetworkOnGpu(a100, HALVES).estimate(SMALL, decode(1, 100));
    assertThat(estimate.gpu().kernelGapSeconds()).isEqualTo(a100.gaps().graph());
    assertThat(a100.kernelGapSeconds()).isEqualTo(a100.gaps().stream());
  }

  @ParameterizedTest
  @CsvSource({"-1e-6, 0", "0, 1", "NaN, 0"})
  void gapsThatAreNoneAreRefused(double stream, double graph) {
    assertThatThrownBy(() -> new KernelGaps(stream, graph))
        .hasMessageStartingWith("seconds between kernels must be 0 or more, below 1: ");
  }

  @Test
  void weightsBeyondTheMemoryDoNotFit() {
    Precision wide = new Precision(OperandType.F16, OperandType.F16, 16, 64, 16, 32);
    assertThat(
            List.of(
                estimate(SMALL, decode(1, 1), HALVES).fits(),
                estimate(SMALL, decode(1, 1), wide).fits()))
        .containsExactly(true, false);
  }

  /**
   * Head size 128: 256 multiply-accumulates a score at 1024 and an exponential at 16 a cycle, beside
   * which the other pipes work: 0.8 of the peak.
   */
  @Test
  void softmaxLeavesAttentionFourFifthsOfThePeak() {
    ModelOperator.Attention attention =
        new ModelOperator.Attention(
            "attention", 1, 10, new Heads(8, 8, 128), 8192, 8192, false, true);
    KernelEstimate estimate = new FlashAttention(gpu(), HALVES).estimate(attention, 0);
    double peak = 2 * gpu().peakMacsPerSecond(OperandType.F16);
    assertThat(estimate.operationsPerSecond() / peak).isCloseTo(0.8, within(0.01));
  }

  @Test
  void aTypeThatIsNotMultipliedIsRefused() {
    assertThatThrownBy(
            () ->
                new NetworkOnGpu(
                    gpu(), new Precision(OperandType.FP8, OperandType.F16, 8, 8, 8, 32)))
        .hasMessage("round does not multiply fp8");
  }

  @Test
  void aLayerHasOneMixer() {
    assertThatThrownBy(
            () ->
                new LanguageModel(
                    "none", 1, 8, 8, true, Optional.empty(), Optional.empty(), Optional.empty()))
        .hasMessage("a layer must have either attention or a state space: none");
  }
}
