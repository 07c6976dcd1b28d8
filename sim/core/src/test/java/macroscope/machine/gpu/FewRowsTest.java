package macroscope.machine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import macroscope.config.GpuFile;
import macroscope.config.MachineCatalogue;
import macroscope.machine.gpu.KernelTile.Kind;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of few rows of activations by many weights: kernels with swapped operands, and without matrix units. */
class FewRowsTest {

  private static final GemmOperands HALVES = GemmOperands.of(OperandType.F16, 16);
  private static final GemmOperands NIBBLES = new GemmOperands(OperandType.F16, 16, 4.125, 16);
  private static final GemmOperands BYTES = new GemmOperands(OperandType.FP8, 8, 8, 16);

  private static Gpu gpu(String name) {
    return GpuFile.read(MachineCatalogue.path(name)).gpu();
  }

  private static GpuTime time(Gpu gpu, int rows, GemmOperands operands) {
    return new GpuGemm(gpu).time(new Gemm(rows, 57344, 8192), 1, operands).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v100", "t4", "a10", "a100", "rtx4090", "h100", "b200"})
  void oneRowIsBoundByMemoryInHalvesAndInNibblesOnEveryProcessor(String name) {
    assertThat(List.of(HALVES, NIBBLES))
        .allMatch(operands -> time(gpu(name), 1, operands).bound() == Bound.DRAM);
  }

  @ParameterizedTest
  @CsvSource({"h100, 1", "h100, 16", "b200, 1", "b200, 16"})
  void fewRowsOfBytesAreBoundByMemory(String name, int rows) {
    assertThat(time(gpu(name), rows, BYTES).bound()).isEqualTo(Bound.DRAM);
  }

  /** 16 bits over 4.125: 3.88. */
  @ParameterizedTest
  @ValueSource(strings = {"a100", "h100", "b200"})
  void oneRowOfNibblesIsAsMuchFasterAsItIsNarrower(String name) {
    double halves = time(gpu(name), 1, HALVES).deviceSeconds();
    assertThat(halves / time(gpu(name), 1, NIBBLES).deviceSeconds()).isBetween(3.7, 3.89);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v100", "t4", "a10", "a100", "rtx4090", "h100", "b200"})
  void moreRowsAreNotFaster(String name) {
    for (GemmOperands operands : List.of(HALVES, NIBBLES)) {
      double[] seconds =
          List.of(1, 4, 5, 16, 64, 256).stream()
              .mapToDouble(rows -> time(gpu(name), rows, operands).deviceSeconds())
              .toArray();
      assertThat(seconds).isSorted();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h100", "b200"})
  void sixteenRowsAreMultipliedWithOperandsSwapped(String name) {
    assertThat(List.of(HALVES, NIBBLES, BYTES))
        .allMatch(operands -> time(gpu(name), 16, operands).tile().kind() == Kind.SWAPPED);
  }

  @Test
  void theKernelThatIsTakenSaysThatItsOperandsAreSwapped() {
    assertThat(time(gpu("h100"), 16, BYTES).mapping()).contains("operands swapped");
  }

  /** Machete and CUTLASS's mixed kernels: of wgmma's operands that of rows alone is in registers. */
  @ParameterizedTest
  @ValueSource(ints = {8, 64, 512, 4096})
  void weightsThatWarpGroupsConvertAreRows(int rows) {
    assertThat(time(gpu("h100"), rows, NIBBLES).tile().kind()).isEqualTo(Kind.SWAPPED);
  }

  @Test
  void eachWeightIsConvertedOnceForTheRowsThatOneTileHolds() {
    assertThat(time(gpu("h100"), 16, NIBBLES).work().vectorOperations())
        .isCloseTo(57344.0 * 8192 * 1.625, within(1.0));
  }

  private static Gpu with(KernelTile tile) {
    return new Gpu(
        "round",
        10,
        1000,
        Map.of(OperandType.F16, 1024.0),
        new VectorLanes(64, 16, 64, 256),
        new GpuMemory(65536, 164 * 1024, 128, 1 << 20, 640, 64, 100, 500, 1e10),
        new KernelLibrary(List.of(tile), 32, true, false, 1, 1, false),
        new FittedConstants(10, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({"8, 4096, 1024", "100, 3000, 64", "1, 1, 1"})
  void aSwappedTileTakesWhatThePlainOneTakesForTheTransposedProduct(int m, int n, int k) {
    GpuTime plain =
        new GpuGemm(with(new KernelTile(64, 16, 64, 4, 2, 1)))
            .time(new Gemm(n, m, k), 1, HALVES)
            .orElseThrow();
    GpuTime swapped =
        new GpuGemm(with(new KernelTile(Kind.SWAPPED, 64, 16, 64, 4, 2, 1)))
            .time(new Gemm(m, n, k), 1, HALVES)
            .orElseThrow();
    assertThat(swapped.seconds()).isEqualTo(plain.seconds());
    assertThat(swapped.work()).isEqualTo(plain.work());
  }

  private static final KernelTile VECTOR = new KernelTile(Kind.VECTOR, 4, 8, 512, 4, 1, 8);

  /**
   * 80 columns on 10 multiprocessors: 8 columns of 2^14 weights each; half an instruction a weight at 64 pairs
   * or 128 a cycle takes 512 cycles, 2.25 bytes a weight at 64 a cycle 4608, but of 256 KB 16 are on their way in
   * a latency of 500: 8000. A latency and five steps of 33 more.
   */
  @Test
  void aVectorKernelTakesItsLoadsALatencyAndTheSumOfItsLanes() {
    GpuTime time =
        new GpuGemm(with(VECTOR)).time(new Gemm(1, 80, 1 << 14), 1, HALVES).orElseThrow();
    assertThat(time.computeSeconds()).isCloseTo((8000 + 500 + 165) / 1e9, within(1e-15));
  }

  @Test
  void aVectorKernelReadsEveryNumberOnce() {
    GpuTime time = new GpuGemm(with(VECTOR)).time(new Gemm(2, 80, 100), 3, HALVES).orElseThrow();
    assertThat(time.dramBytes()).isEqualTo(3 * 2.0 * (80 * 100 + 2 * 100 + 2 * 80));
  }

  @Test
  void aVectorKernelIsForItsRowsAndForSixteenBits() {
    GpuGemm library = new GpuGemm(with(VECTOR));
    assertThat(library.time(new Gemm(5, 80, 100), 1, HALVES)).isEmpty();
    assertThat(
            new GpuGemm(gpu("h100")).time(new Gemm(1, 8192, 8192), 1, BYTES).orElseThrow().tile())
        .extracting(KernelTile::kind)
        .isEqualTo(Kind.SWAPPED);
  }

  @Test
  void itsLanesCountWhereWeightsAreConverted() {
    Gpu slow =
        new Gpu(
            "slow",
            10,
            1000,
            Map.of(OperandType.F16, 1024.0),
            new VectorLanes(64, 16, 1, 256),
            new GpuMemory(65536, 164 * 1024, 128, 1 << 20, 640, 64, 100, 500, 1e10),
            new KernelLibrary(List.of(VECTOR), 32, true, false, 1, 1, false),
            new FittedConstants(10, 1, 1));
    assertThat(new GpuGemm(slow).time(new Gemm(1, 8192, 8192), 1, NIBBLES).orElseThrow().bound())
        .isEqualTo(Bound.VECTOR_LANES);
  }

  /** 5/8 logical operations at 64 a cycle, a pair's operation at 64, and what four schedulers issue. */
  @ParameterizedTest
  @CsvSource({"64, 256, 0.0126953125", "32, 256, 0.01953125", "64, 64, 0.03125"})
  void theBusiestPipeOrTheIssueOfInstructionsLimitsConversions(
      double logic, double half, double cycles) {
    Conversion conversion = Conversion.of(OperandType.F16, 4.125);
    assertThat(conversion.pipeCycles(new VectorLanes(64, 16, logic, half))).isEqualTo(cycles);
  }

  @Test
  void aLaunchThatIsTheLongestPartIsTheBound() {
    Gpu a100 = gpu("a100");
    GpuTime time = new GpuGemm(a100).time(new Gemm(4, 4096, 4096), 1, HALVES).orElseThrow();
    assertThat(time.launchSeconds())
        .isGreaterThan(Math.max(time.computeSeconds(), time.dramSeconds()));
    assertThat(time.bound()).isEqualTo(Bound.LAUNCH);
  }
}
