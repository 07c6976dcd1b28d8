package macroscope.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.unit.DspPacking;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixVectorUnitTest {

  private static MatrixVectorUnit unit(
      Gemm layer, String format, MacDatapath datapath, OutputStage output, int pe, int simd) {
    NumberFormat operand = Formats.canonical(format);
    return new MatrixVectorUnit(
        layer, operand, operand, 20, datapath, output, new Folding(pe, simd));
  }

  private static MatrixVectorUnit logic(int vectors, int rows, int columns, int pe, int simd) {
    return unit(
        new Gemm(vectors, rows, columns),
        "int4",
        new MacDatapath.Logic(),
        new OutputStage.Sums(),
        pe,
        simd);
  }

  /** Every folding of small layers. */
  static Stream<MatrixVectorUnit> foldings() {
    return Stream.of(new int[] {1, 6, 4}, new int[] {3, 4, 6}, new int[] {5, 1, 7})
        .flatMap(
            layer ->
                divisors(layer[1])
                    .flatMap(
                        pe ->
                            divisors(layer[2])
                                .map(simd -> logic(layer[0], layer[1], layer[2], pe, simd))));
  }

  private static Stream<Integer> divisors(int number) {
    return IntStream.rangeClosed(1, number).filter(d -> number % d == 0).boxed();
  }

  private static SteppedMatrixVectorUnit stepped(MatrixVectorUnit unit) {
    Random random = new Random(5);
    long[][] weights = matrix(unit.layer().n(), unit.layer().k(), random);
    long[][] vectors = matrix(unit.layer().m(), unit.layer().k(), random);
    return new SteppedMatrixVectorUnit(weights, vectors, unit.folding()).run();
  }

  private static long[][] matrix(int rows, int columns, Random random) {
    return IntStream.range(0, rows)
        .mapToObj(r -> random.longs(columns, -8, 8).toArray())
        .toArray(long[][]::new);
  }

  @ParameterizedTest
  @MethodSource("foldings")
  void cyclesAreThoseOfTheSteppedUnit(MatrixVectorUnit unit) {
    assertThat(unit.cycles()).isEqualTo(stepped(unit).cycles());
  }

  @ParameterizedTest
  @MethodSource("foldings")
  void aVectorIsReadOnceAndReplayedForTheOtherRows(MatrixVectorUnit unit) {
    SteppedMatrixVectorUnit stepped = stepped(unit);
    int words = unit.layer().m() * unit.columnFolds();
    assertThat(List.of(stepped.wordsRead(), stepped.wordsReplayed()))
        .containsExactly(words, words * (unit.rowFolds() - 1));
  }

  @ParameterizedTest
  @MethodSource("foldings")
  void theSteppedUnitMultiplies(MatrixVectorUnit unit) {
    Random random = new Random(5);
    long[][] weights = matrix(unit.layer().n(), unit.layer().k(), random);
    long[][] vectors = matrix(unit.layer().m(), unit.layer().k(), random);
    long[][] products = new long[vectors.length][weights.length];
    for (int v = 0; v < vectors.length; v++) {
      for (int r = 0; r < weights.length; r++) {
        for (int k = 0; k < weights[r].length; k++) {
          products[v][r] += vectors[v][k] * weights[r][k];
        }
      }
    }
    assertThat(new SteppedMatrixVectorUnit(weights, vectors, unit.folding()).run().results())
        .isDeepEqualTo(products);
  }

  @Test
  void peMustDivideTheRows() {
    assertThatThrownBy(() -> logic(1, 6, 4, 4, 1)).hasMessage("PE must divide 6 rows: 4");
  }

  @Test
  void simdMustDivideTheColumns() {
    assertThatThrownBy(() -> logic(1, 6, 4, 1, 3)).hasMessage("SIMD must divide 4 columns: 3");
  }

  private static long count(Inventory parts, Class<? extends Component> type) {
    return parts.lines().stream()
        .filter(line -> type.isInstance(line.component()))
        .mapToInt(Inventory.Line::instances)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 5", "16, 25"})
  void itHasPeTimesSimdMultipliers(int pe, int simd) {
    assertThat(count(logic(9, 16, 25, pe, simd).inventory(), Component.Multiplier.class))
        .isEqualTo((long) pe * simd);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 400, 4", "2, 5, 40, 40", "16, 25, 1, 1600"})
  void aWordOfWeightsServesAllElementsForACycle(int pe, int simd, int words, int bits) {
    assertThat(logic(9, 16, 25, pe, simd).inventory().lines())
        .filteredOn(line -> line.name().equals("weights"))
        .extracting(Inventory.Line::component)
        .containsExactly(new Component.Memory(words, bits));
  }

  @Test
  void aVectorThatIsReadOnceNeedsNoBuffer() {
    assertThat(logic(9, 16, 25, 16, 5).inventory().lines())
        .noneMatch(line -> line.name().equals("input vector"));
  }

  /** 2^B - 1 thresholds a channel. */
  @Test
  void thresholdsOfACodeOfThreeBitsAreSevenAChannel() {
    MatrixVectorUnit unit =
        unit(
            new Gemm(1, 8, 4),
            "int4",
            new MacDatapath.Logic(),
            new OutputStage.Thresholds(3),
            2,
            1);
    double bits =
        unit.inventory().lines().stream()
            .filter(line -> line.name().startsWith("thresholds"))
            .mapToDouble(line -> line.component().size() * line.instances())
            .sum();
    assertThat(bits).isEqualTo(8 * 7 * 20);
  }

  @Test
  void theOutputStageDoesNotChangeTheCycles() {
    MatrixVectorUnit scaled =
        unit(
            new Gemm(3, 8, 4),
            "gen_e2m1_fin",
            new MacDatapath.Logic(),
            new OutputStage.Requantization(16, 4, true),
            2,
            2);
    assertThat(
            List.of(scaled.cycles(), count(scaled.inventory(), Component.LeadingZeroCounter.class)))
        .containsExactly(24L, 2L);
  }

  private static MatrixVectorUnit packed(DspPacking packing, String format, int pe) {
    return unit(
        new Gemm(10, 12, 30),
        format,
        new MacDatapath.Packed(packing),
        new OutputStage.Sums(),
        pe,
        6);
  }

  /** An odd number of elements leaves lanes empty. */
  @ParameterizedTest
  @CsvSource({
    "INT8_DSP48E2, int8, 1, 6", "INT8_DSP48E2, int8, 2, 6", "INT8_DSP48E2, int8, 3, 12",
    "INT4_DSP48E2, int4, 4, 12", "PLAIN, int8, 4, 24", "INT8_DSP58, int8, 4, 8"
  })
  void elementsShareSlices(DspPacking packing, String format, int pe, double slices) {
    Inventory parts = packed(packing, format, pe).inventory();
    FpgaCost cost = new FpgaCost(Devices.device(220), RamStyle.AUTO);
    assertThat(cost.of(parts).get(Resource.DSP)).isEqualTo(slices);
  }

  @Test
  void twoVectorsAtATimeHalveTheCycles() {
    assertThat(packed(DspPacking.INT4_DSP48E2, "int4", 4).cycles())
        .isEqualTo(packed(DspPacking.INT8_DSP48E2, "int8", 4).cycles() / 2);
  }
}
