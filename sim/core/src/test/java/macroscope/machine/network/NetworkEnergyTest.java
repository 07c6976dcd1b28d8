package macroscope.machine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import macroscope.config.GpuFile;
import macroscope.config.LanguageModelFile;
import macroscope.config.MachineCatalogue;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.OperandType;
import macroscope.workload.Inference;
import org.junit.jupiter.api.Test;

class NetworkEnergyTest {

  private static Gpu gpu(String name) {
    return GpuFile.read(MachineCatalogue.path(name)).gpu();
  }

  private static NetworkEstimate estimate(String gpu, int gpus, Precision precision) {
    return new NetworkOnGpu(gpu(gpu), gpus, precision, AttentionKernels.FLASH)
        .estimate(LanguageModelFile.find("llama-3-8b"), new Inference(true, 1, 2048, false));
  }

  private static Precision of(OperandType type, double bits) {
    return new Precision(type, OperandType.F16, bits, bits, 16, 32);
  }

  /** 104.88 pJ for each byte of weights and cache. */
  @Test
  void decodePaysEachByteOfExternalMemory() {
    NetworkEstimate estimate = estimate("a100", 1, of(OperandType.F16, 16));
    assertThat(NetworkEnergy.of(estimate).joules().get("dram"))
        .isCloseTo(estimate.dramBytes() * 104.88e-12, within(1e-9));
  }

  @Test
  void whatIsDrawnAlwaysFollowsTheTime() {
    NetworkEstimate estimate = estimate("a100", 1, of(OperandType.F16, 16));
    assertThat(NetworkEnergy.of(estimate).joules().get("constant"))
        .isCloseTo(54 * estimate.seconds(), within(1e-9));
  }

  @Test
  void levelsAreThoseOfTheMachineFromTheInside() {
    assertThat(NetworkEnergy.of(estimate("a100", 1, of(OperandType.F16, 16))).joules().keySet())
        .containsExactly(
            "tensor cores", "vector lanes", "shared memory", "l2 cache", "dram", "constant");
  }

  @Test
  void narrowWeightsSaveEnergy() {
    double halves = NetworkEnergy.of(estimate("a100", 1, of(OperandType.F16, 16))).total();
    double bytes = NetworkEnergy.of(estimate("a100", 1, of(OperandType.INT8, 8))).total();
    assertThat(bytes).isBetween(0.4 * halves, 0.7 * halves);
  }

  @Test
  void severalProcessorsDrawTogether() {
    NetworkEstimate two = estimate("a100", 2, of(OperandType.F16, 16));
    assertThat(NetworkEnergy.of(two).joules().get("constant"))
        .isCloseTo(2 * 54 * two.seconds(), within(1e-9));
  }

  @Test
  void aProcessorWithoutPricesHasNoEnergyAndSaysWhy() {
    NetworkEstimate estimate = estimate("b200", 1, of(OperandType.F16, 16));
    assertThatThrownBy(() -> NetworkEnergy.of(estimate))
        .hasMessage(
            "b200 has no prices of energy: no source prices its tensor cores, HBM3e or the link"
                + " between its dies");
  }

  @Test
  void everyProcessorHasPricesOrAReasonWhyNot() {
    assertThat(MachineCatalogue.gpus())
        .allMatch(gpu -> gpu.energy().isPresent() != gpu.energyMissing().isPresent());
  }

  private static Stream<NetworkEnergy> phases(Gpu gpu) {
    return Stream.of(
            new Inference(true, 1, 2048, false),
            new Inference(true, 64, 2048, false),
            new Inference(false, 1, 128, false),
            new Inference(false, 4, 4096, false))
        .flatMap(
            phase ->
                Stream.of(16.0, 4.125)
                    .map(bits -> new Precision(OperandType.F16, OperandType.F16, 16, bits, 16, 32))
                    .map(precision -> new NetworkOnGpu(gpu, precision))
                    .map(network -> network.estimate(LanguageModelFile.find("llama-3-8b"), phase)))
        .map(NetworkEnergy::of);
  }

  @Test
  void noBoardDrawsMoreThanItMay() {
    List<Gpu> priced =
        MachineCatalogue.gpus().stream().filter(gpu -> gpu.energy().isPresent()).toList();
    assertThat(priced).hasSize(5);
    for (Gpu gpu : priced) {
      assertThat(phases(gpu))
          .allMatch(energy -> energy.watts() <= energy.boardWatts() * (1 + 1e-12))
          .allMatch(energy -> energy.limited() == energy.secondsAtMost() > energy.seconds());
    }
  }

  @Test
  void pricesThatAddUpToMoreThanABoardDrawsAreLoweredAlike() {
    NetworkEnergy energy =
        phases(gpu("t4")).filter(NetworkEnergy::limited).findFirst().orElseThrow();
    assertThat(energy.watts()).isCloseTo(70, within(1e-9));
    assertThat(energy.pricedWatts()).isGreaterThan(70);
    assertThat(energy.joules().get("constant")).isCloseTo(9.5 * energy.seconds(), within(1e-9));
  }

  @Test
  void energyIsPowerTimesTheTimeThatIsReported() {
    NetworkEstimate prompt = prompt(AttentionKernels.FLASH, of(OperandType.F16, 16));
    NetworkEnergy energy = NetworkEnergy.of(prompt);
    assertThat(energy.limited()).isTrue();
    assertThat(energy.total()).isCloseTo(400 * prompt.seconds(), within(1e-6));
  }

  @Test
  void aTypeWithoutAPriceHasNoEnergy() {
    NetworkEstimate estimate = estimate("a100", 1, of(OperandType.INT4, 4));
    assertThatThrownBy(() -> NetworkEnergy.of(estimate))
        .hasMessage("a100 has no price of a multiply-accumulate of int4");
  }

  @Test
  void aSoftmaxOfThreePassesReadsScoresOnceMoreThanOneOfTwo() {
    Precision halves = of(OperandType.F16, 16);
    List<Double> bytes =
        List.of(AttentionKernels.TWO_PASSES, AttentionKernels.THREE_PASSES).stream()
            .map(kernels -> softmax(kernels, halves).dramBytes())
            .toList();
    assertThat(bytes.get(1) / bytes.get(0)).isEqualTo(4 / 3.0);
  }

  @Test
  void attentionInOneKernelIsFasterThanInThree() {
    Precision halves = of(OperandType.F16, 16);
    assertThat(prompt(AttentionKernels.FLASH, halves).seconds())
        .isLessThan(prompt(AttentionKernels.TWO_PASSES, halves).seconds());
    assertThat(prompt(AttentionKernels.TWO_PASSES, halves).seconds())
        .isLessThan(prompt(AttentionKernels.THREE_PASSES, halves).seconds());
  }

  private static KernelEstimate softmax(AttentionKernels kernels, Precision precision) {
    return prompt(kernels, precision).kernels().stream()
        .filter(kernel -> kernel.operator().name().equals("attention, softmax"))
        .findFirst()
        .orElseThrow();
  }

  private static NetworkEstimate prompt(AttentionKernels kernels, Precision precision) {
    return new NetworkOnGpu(gpu("a100"), 1, precision, kernels)
        .estimate(LanguageModelFile.find("llama-3-8b"), new Inference(false, 4, 4096, false));
  }
}
