package macroscope.machine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a processor of round numbers, whose times can be worked out by hand. */
class GpuGemmTest {

  private static final GemmOperands HALVES = GemmOperands.of(OperandType.F16, 16);
  private static final KernelTile SQUARE = new KernelTile(128, 128, 64, 4, 2, 2);
  private static final KernelTile SMALL = new KernelTile(64, 64, 64, 4, 2, 2);

  /** 10 multiprocessors, 1000 MHz, 1024 multiply-accumulates, 164 KB, 1 MB of cache, 100 GB/s. */
  private static Gpu gpu(KernelTile... tiles) {
    return new Gpu(
        "round",
        10,
        1000,
        Map.of(OperandType.F16, 1024.0),
        new VectorLanes(64, 16, 64, 256),
        new GpuMemory(65536, 164 * 1024, 128, 1 << 20, 640, 64, 100, 500, 1e10),
        new KernelLibrary(List.of(tiles), 32, true, false, 1, 1, false),
        new FittedConstants(10, 1, 1));
  }

  private static GpuTime time(Gpu gpu, int m, int n, int k) {
    return new GpuGemm(gpu).time(new Gemm(m, n, k), 1, HALVES).orElseThrow();
  }

  /**
   * One block: 3 steps of 512 cycles, too few to share; a latency of 500 and a stage of 16 KB at 64 bytes a cycle
   * before them; 32 KB at 64 and 64 KB at 128 bytes a cycle after them.
   */
  @Test
  void aSingleTileTakesItsBeginningItsStepsAndItsEnd() {
    assertThat(time(gpu(SQUARE), 128, 128, 96).computeSeconds())
        .isEqualTo((3 * 512 + 500 + 256 + 512 + 512) / 1e9);
  }

  @Test
  void oneTileMoreThanTheWavesHoldTakesAnotherWave() {
    Gpu gpu = gpu(new KernelTile(128, 128, 64, 8, 2, 2));
    double ten = time(gpu, 1280, 128, 96).computeSeconds();
    assertThat(time(gpu, 1281, 128, 96).computeSeconds()).isEqualTo(2 * ten);
  }

  @Test
  void aDeepProductOfFewTilesIsSplitAlongK() {
    assertThat(time(gpu(SQUARE), 128, 128, 1 << 15).split()).isGreaterThan(1);
  }

  @Test
  void aProductOfManyTilesIsNotSplit() {
    assertThat(time(gpu(SQUARE), 4096, 4096, 4096).split()).isEqualTo(1);
  }

  @Test
  void theFastestTileOfTheLibraryIsTaken() {
    assertThat(time(gpu(SQUARE, SMALL), 320, 128, 4096).tile()).isEqualTo(SMALL);
  }

  @Test
  void aTileWhoseStagesDoNotFitSharedMemoryIsNotTaken() {
    KernelTile large = new KernelTile(256, 256, 128, 4, 4, 2);
    assertThat(time(gpu(large, SMALL), 4096, 4096, 4096).tile()).isEqualTo(SMALL);
  }

  @Test
  void aProductOfOneRowIsBoundByMemory() {
    assertThat(time(gpu(SQUARE), 1, 8192, 8192).bound()).isEqualTo(Bound.DRAM);
  }

  @Test
  void aTinyProductIsBoundByItsLaunch() {
    assertThat(time(gpu(SQUARE), 8, 8, 8).bound()).isEqualTo(Bound.LAUNCH);
  }

  @Test
  void aLargeProductIsBoundByTensorCores() {
    assertThat(time(gpu(SQUARE), 4096, 4096, 4096).bound()).isEqualTo(Bound.TENSOR_CORES);
  }

  /** Each of 20 products of 256 KB, which the cache holds one by one. */
  @Test
  void operandsThatFitTheCacheAreReadOnce() {
    GpuTime time = new GpuGemm(gpu(SQUARE)).time(new Gemm(256, 256, 256), 20, HALVES).orElseThrow();
    assertThat(time.dramBytes()).isEqualTo(20 * 3 * 256 * 256 * 2.0);
  }

  /** 10 blocks at a time, 3 x 3 of 32 x 32 tiles: each operand comes 11 times. */
  @Test
  void operandsThatDoNotFitAreReadOnceForEachRoundOfBlocks() {
    Gpu gpu = gpu(new KernelTile(128, 128, 64, 8, 2, 2));
    double bytes = time(gpu, 4096, 4096, 4096).dramBytes();
    assertThat(bytes).isEqualTo((11 + 11 + 1) * 4096.0 * 4096 * 2);
  }

  @Test
  void weightsOfFourBitsTakeAQuarterOfTheirTraffic() {
    Gemm gemm = new Gemm(1, 8192, 8192);
    GemmOperands packed = new GemmOperands(OperandType.F16, 16, 4, 16);
    GpuGemm gpu = new GpuGemm(gpu(SQUARE));
    assertThat(gpu.time(gemm, 1, packed).orElseThrow().dramSeconds())
        .isLessThan(0.26 * gpu.time(gemm, 1, HALVES).orElseThrow().dramSeconds());
  }

  @Test
  void aTypeWithoutARateHasNoTime() {
    assertThat(
            new GpuGemm(gpu(SQUARE))
                .time(new Gemm(8, 8, 8), 1, GemmOperands.of(OperandType.FP8, 16)))
        .isEmpty();
  }

  /** Two blocks of 64 KB each and one KB that the runtime keeps fit 164 KB. */
  @Test
  void asManyBlocksAreResidentAsSharedMemoryHolds() {
    assertThat(time(gpu(SQUARE), 4096, 4096, 4096).resident()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 129, 1000, 4095, 4097})
  void noProductIsFasterThanTheTensorCoresPeak(int size) {
    double peak = (double) size * size * size / gpu(SQUARE).peakMacsPerSecond(OperandType.F16);
    assertThat(time(gpu(SQUARE, SMALL), size, size, size).deviceSeconds()).isGreaterThan(peak);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.9, 0.9", "1, 1.1, 0.9", "1, 0.9, 0", "1, 0.9, NaN"})
  void constantsOutOfRangeAreRefused(double launch, double dram, double tensorCores) {
    assertThatThrownBy(() -> new FittedConstants(launch, dram, tensorCores))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyConstantChangesSomeTime() {
    Gpu gpu = gpu(SQUARE);
    List<UnaryOperator<double[]>> changes =
        List.of(
            c -> new double[] {2 * c[0], c[1], c[2]},
            c -> new double[] {c[0], c[1] / 2, c[2]},
            c -> new double[] {c[0], c[1], c[2] / 2});
    double[] own = {10, 1, 1};
    List<int[]> shapes =
        List.of(new int[] {8, 8, 8}, new int[] {1, 8192, 8192}, new int[] {4096, 4096, 4096});
    for (int i = 0; i < 3; i++) {
      int[] s = shapes.get(i);
      assertThat(time(gpu.with(changes.get(i).apply(own)), s[0], s[1], s[2]).seconds())
          .isGreaterThan(time(gpu, s[0], s[1], s[2]).seconds());
    }
  }
}
