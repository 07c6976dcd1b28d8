package macroscope.machine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import macroscope.config.GpuFile;
import macroscope.config.MachineCatalogue;
import macroscope.machine.PublishedRows;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversion of weights, alignment of rows, links and work. */
class KernelDetailsTest {

  private static final Gpu A100 = GpuFile.read(MachineCatalogue.path("a100")).gpu();
  private static final GemmOperands HALVES = GemmOperands.of(OperandType.F16, 16);

  private static GpuTime time(Gemm gemm, GemmOperands operands) {
    return new GpuGemm(A100).time(gemm, 1, operands).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 16, 0",
    "F16, 4, 1.125",
    "F16, 4.125, 1.625",
    "F16, 8, 1",
    "INT8, 8, 0",
    "INT8, 4, 0.375"
  })
  void aWeightTakesTheInstructionsOfItsKernel(OperandType type, double bits, double instructions) {
    assertThat(Conversion.of(type, bits).instructionsPerWeight()).isEqualTo(instructions);
  }

  /** 64 rows: 64 x 256 x 64 products at 1024 a cycle, then 256 x 64 weights at 64 instructions a cycle. */
  @Test
  void conversionsComeBeforeProducts() {
    Gemm gemm = new Gemm(64, 256 * 108, 1 << 14);
    double halves = time(gemm, HALVES).computeSeconds();
    GemmOperands packed = new GemmOperands(OperandType.F16, 16, 4, 16);
    double least = 64.0 * 256 * (1 << 14) * (1 / 1024.0 / 0.9395 + 1.125 / 64 / 64) / 1.41e9;
    assertThat(time(gemm, packed).computeSeconds()).isBetween(least, 1.1 * least);
    assertThat(halves).isLessThan(least);
  }

  @Test
  void tensorCoresThatLookWeightsUpConvertNone() {
    Gpu tables = GpuFile.read(MachineCatalogue.path("a100-lut-4x")).gpu();
    GemmOperands packed = new GemmOperands(OperandType.INT8, 8, 2, 16);
    assertThat(
            List.of(tables, A100).stream()
                .map(gpu -> Conversion.of(gpu, packed.type(), packed.bBits()).needed()))
        .containsExactly(false, true);
  }

  @Test
  void tilesOfConvertedWeightsHaveTheirWarpsSideBySide() {
    GemmOperands packed = new GemmOperands(OperandType.F16, 16, 4, 16);
    assertThat(time(new Gemm(4096, 4096, 4096), packed).tile().groupRows()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"4096, 16", "4100, 8", "4098, 4", "4097, 2"})
  void aRowIsAsAlignedAsItsLength(int k, int bytes) {
    assertThat(Alignment.of(k, HALVES).bytes()).isEqualTo(bytes);
  }

  @Test
  void scalesDoNotDisturbTheAlignmentOfRows() {
    GemmOperands scaled = new GemmOperands(OperandType.INT8, 8 + 16.0 / 4096, 8, 16);
    assertThat(Alignment.of(4096, scaled).bytes()).isEqualTo(16);
  }

  @Test
  void anOddLengthOfRowsCostsTheStagesOfThePipeline() {
    double even = time(new Gemm(4096, 4096, 4096), HALVES).deviceSeconds();
    double odd = time(new Gemm(4096, 4096, 4095), HALVES).deviceSeconds();
    assertThat(odd / even).isBetween(1.1, 6.0);
  }

  @Test
  void rowsOfEightBytesKeepThem() {
    assertThat(time(new Gemm(4096, 4096, 4100), HALVES).computeSeconds())
        .isLessThan(1.03 * time(new Gemm(4096, 4096, 4128), HALVES).computeSeconds());
  }

  private static double error(Map<String, String> row) {
    double seconds =
        A100.links()
            .orElseThrow()
            .allReduceSeconds(PublishedRows.whole(row, "gpus"), PublishedRows.number(row, "bytes"));
    return Math.abs(seconds * 1e6 / PublishedRows.number(row, "latency_us") - 1);
  }

  @Test
  void measuredSumsOverFourA100sAreWithinSixPerCentOnAverage() {
    List<Map<String, String>> rows = PublishedRows.of("a100-allreduce.csv");
    assertThat(rows).hasSize(32);
    assertThat(rows.stream().mapToDouble(KernelDetailsTest::error).average().orElseThrow())
        .isLessThan(0.06);
  }

  @Test
  void noneOfThemIsOffByMoreThanFifteenPerCent() {
    assertThat(PublishedRows.of("a100-allreduce.csv")).allMatch(row -> error(row) < 0.15);
  }

  /** 7 / 8 in place of 3 / 4 of the data twice, 14 steps in place of 6. */
  @Test
  void eightProcessorsSendMoreAndWaitLonger() {
    Interconnect links = new Interconnect(List.of(new Interconnect.Protocol(3, 1)));
    assertThat(links.allReduceSeconds(8, 1e9)).isCloseTo(2 * 7 / 8.0 + 7e-6, within(1e-12));
  }

  @Test
  void aProcessorByItselfSumsNothing() {
    assertThat(A100.links().orElseThrow().allReduceSeconds(1, 1e9)).isZero();
  }

  @Test
  void workIsWithoutPadding() {
    Work work = time(new Gemm(5, 4096, 4096), HALVES).work();
    assertThat(work.macs()).isCloseTo(5 * 4096.0 * 4096, within(1.0));
    assertThat(work.cacheBytes()).isBetween(2.0 * 4096 * 4096, 2.2 * 4096 * 4096);
  }
}
