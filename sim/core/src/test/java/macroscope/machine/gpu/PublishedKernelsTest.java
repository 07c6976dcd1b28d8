package macroscope.machine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import macroscope.config.GpuFile;
import macroscope.config.MachineCatalogue;
import macroscope.machine.PublishedRows;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published speedups of mixed kernels over f16; docs/machines.md has the errors. */
class PublishedKernelsTest {

  /** MARLIN's kernel has matrix units for every batch. */
  private static final Gpu A100 = gpu("a100").without(KernelTile.Kind.VECTOR);

  private static final Gpu A10 = gpu("a10").without(KernelTile.Kind.VECTOR);
  private static final GemmOperands HALVES = GemmOperands.of(OperandType.F16, 16);

  /** Llama 13B: K x N. */
  private static final int[][] LLAMA_13B = {
    {5120, 15360}, {5120, 5120}, {5120, 27136}, {13568, 5120}
  };

  private static Gpu gpu(String name) {
    return GpuFile.read(MachineCatalogue.path(name)).gpu();
  }

  private static double seconds(Gpu gpu, Gemm gemm, GemmOperands operands) {
    return new GpuGemm(gpu).time(gemm, 1, operands).orElseThrow().deviceSeconds()
        + gpu.kernelGapSeconds();
  }

  private static double marlin(int batch) {
    double halves = 0;
    double packed = 0;
    for (int[] layer : LLAMA_13B) {
      Gemm gemm = new Gemm(batch, layer[1], layer[0]);
      halves += seconds(A100, gemm, HALVES);
      packed += seconds(A100, gemm, new GemmOperands(OperandType.F16, 16, 4 + 16.0 / layer[0], 16));
    }
    return halves / packed;
  }

  private static DoubleStream marlinErrors(int most) {
    return PublishedRows.of("a100-marlin.csv").stream()
        .filter(row -> PublishedRows.whole(row, "batch") <= most)
        .mapToDouble(
            row ->
                marlin(PublishedRows.whole(row, "batch")) / PublishedRows.number(row, "speedup")
                    - 1);
  }

  @Test
  void marlinsSpeedupsOnAnA100AreWithinTenPerCentOnAverageUpToABatchOf128() {
    assertThat(marlinErrors(128).map(Math::abs).average().orElseThrow()).isLessThan(0.1);
  }

  @Test
  void noneOfThemIsOffByMoreThanSixteenPerCent() {
    assertThat(marlinErrors(128).map(Math::abs).max().orElseThrow()).isLessThan(0.16);
  }

  /** It is slower than f16 from 128 on, as published. */
  @Test
  void convertingWeightsCostsMoreThanItSavesForLargeBatches() {
    assertThat(IntStream.of(128, 256, 1024, 2048).mapToDouble(PublishedKernelsTest::marlin))
        .allMatch(speedup -> speedup < 1);
  }

  /** The A10's matrix of bench.py: close to 3.87 up to batches of 16 to 32, as MARLIN claims. */
  @ParameterizedTest
  @CsvSource({"1", "2", "4", "8", "16", "32"})
  void marlinIsIdealOnAnA10UpToThirtyTwo(int batch) {
    Gemm gemm = new Gemm(batch, 256 * 72, 4 * 256 * 72);
    double packed = seconds(A10, gemm, new GemmOperands(OperandType.F16, 16, 4.125, 16));
    assertThat(seconds(A10, gemm, HALVES) / packed).isCloseTo(3.87, within(0.05));
  }

  /** COMET: 2.88 over cuBLAS on average; here Llama's layers, a fifth of the channels in int8. */
  @Test
  void cometsSpeedupIsWithinTwelvePerCentOfThePublishedMean() {
    List<int[]> layers =
        List.of(
            new int[] {4096, 6144},
            new int[] {4096, 4096},
            new int[] {4096, 28672},
            new int[] {14336, 4096},
            new int[] {8192, 10240},
            new int[] {8192, 8192},
            new int[] {8192, 57344},
            new int[] {28672, 8192});
    double mean =
        IntStream.of(4, 16, 32, 64, 128, 256)
            .boxed()
            .flatMap(batch -> layers.stream().map(l -> new Gemm(batch, l[1], l[0])))
            .mapToDouble(gemm -> seconds(A100, gemm, HALVES) / comet(gemm, 0.2))
            .average()
            .orElseThrow();
    assertThat(mean / 2.88).isCloseTo(1, within(0.12));
  }

  private static double comet(Gemm gemm, double share) {
    GemmOperands narrow = new GemmOperands(OperandType.INT4, 4.125, 4.125, 16);
    GemmOperands wide = new GemmOperands(OperandType.INT8, 8.125, 4.125, 16);
    return new MixedGemm(A100, narrow, wide, share).time(gemm).orElseThrow().deviceSeconds()
        + A100.kernelGapSeconds();
  }

  @Test
  void moreWideChannelsTakeLonger() {
    Gemm gemm = new Gemm(256, 8192, 8192);
    assertThat(List.of(comet(gemm, 0.05), comet(gemm, 0.1), comet(gemm, 0.3), comet(gemm, 0.6)))
        .isSorted();
  }

  @Test
  void allChannelsNarrowAreNoSlowerThanAFewWide() {
    Gemm gemm = new Gemm(256, 8192, 8192);
    GemmOperands narrow = new GemmOperands(OperandType.INT4, 4.125, 4.125, 16);
    assertThat(seconds(A100, gemm, narrow)).isLessThan(comet(gemm, 0.05));
  }

  @Test
  void aProcessorWithoutInt4HasNoMixedProducts() {
    GemmOperands narrow = GemmOperands.of(OperandType.INT4, 16);
    GemmOperands wide = GemmOperands.of(OperandType.INT8, 16);
    assertThat(new MixedGemm(gpu("h100"), narrow, wide, 0.5).time(new Gemm(8, 512, 512))).isEmpty();
  }
}
