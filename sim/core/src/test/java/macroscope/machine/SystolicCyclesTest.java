package macroscope.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import macroscope.hardware.Pipeline;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SystolicCyclesTest {

  private static final Machine.Sram SRAM = new Machine.Sram(1 << 16, 1 << 16, 1 << 16);
  private static final UnitShape SIMPLE = shape(1, 1, 1);
  private static final StorageBits BYTES = new StorageBits(8, 8, 8);

  private static UnitShape shape(int length, int stages, int interval) {
    List<String> names = IntStream.range(0, stages).mapToObj(i -> "stage " + i).toList();
    return new UnitShape(length, new Pipeline(names, interval));
  }

  private static Machine machine(Dataflow dataflow, int rows, int columns) {
    return new Machine("test", rows, columns, dataflow, Drain.OVERLAPPED, 100, SRAM);
  }

  /** Rows of SCALE-Sim v2 and v3 in mode CALC. */
  static List<Map<String, String>> scaleSim() throws IOException {
    try (InputStream in = SystolicCyclesTest.class.getResourceAsStream("/vectors/systolic.csv")) {
      List<String> lines =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      String[] header = lines.get(0).split(",");
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        IntStream.range(0, header.length).forEach(i -> row.put(header[i], fields[i]));
        rows.add(row);
      }
      return rows;
    }
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }

  private static Machine machine(Map<String, String> row) {
    Dataflow dataflow =
        switch (row.get("dataflow")) {
          case "os" -> Dataflow.OUTPUT_STATIONARY;
          case "ws" -> Dataflow.WEIGHT_STATIONARY;
          default -> Dataflow.INPUT_STATIONARY;
        };
    return machine(dataflow, number(row, "array_rows"), number(row, "array_cols"));
  }

  private static Gemm gemm(Map<String, String> row) {
    return new Gemm(number(row, "M"), number(row, "N"), number(row, "K"));
  }

  @ParameterizedTest
  @MethodSource("scaleSim")
  void cyclesAreThoseOfScaleSim(Map<String, String> row) {
    assertThat(new SystolicCycles(machine(row), SIMPLE).scaleSimTotalCycles(gemm(row)))
        .isEqualTo(number(row, "total_cycles"));
  }

  @ParameterizedTest
  @MethodSource("scaleSim")
  void sramReadsAreThoseOfScaleSim(Map<String, String> row) {
    Traffic traffic = Traffic.of(machine(row), SIMPLE, BYTES, gemm(row));
    assertThat(List.of(traffic.sramReadsA(), traffic.sramReadsB()))
        .containsExactly(
            (long) number(row, "sram_ifmap_reads"), (long) number(row, "sram_filter_reads"));
  }

  /** But for the output-stationary rows, in which it counts rows + columns more for each tile. */
  @ParameterizedTest
  @MethodSource("scaleSim")
  void sramWritesAreThoseOfScaleSim(Map<String, String> row) {
    Machine machine = machine(row);
    SystolicCycles tiling = new SystolicCycles(machine, SIMPLE);
    Traffic traffic = Traffic.of(machine, SIMPLE, BYTES, gemm(row));
    long more =
        machine.dataflow() == Dataflow.OUTPUT_STATIONARY
            ? tiling.tiles(gemm(row)) * (machine.rows() + machine.columns())
            : 0;
    assertThat((long) number(row, "sram_ofmap_writes"))
        .isBetween(traffic.sramWritesOutput(), traffic.sramWritesOutput() + more);
  }

  /** The formula of the SCALE-Sim paper; 64 x 64 x 64 on 16 x 32 units has 8 tiles. */
  @Test
  void aSequentialDrainAddsTheRowsToEachTile() {
    Machine paper =
        new Machine("paper", 16, 32, Dataflow.OUTPUT_STATIONARY, Drain.SEQUENTIAL, 100, SRAM);
    assertThat(new SystolicCycles(paper, SIMPLE).cycles(new Gemm(64, 64, 64)))
        .isEqualTo(8 * (2 * 16 + 32 + 64 - 2));
  }

  static List<UnitShape> shapes() {
    List<UnitShape> shapes = new ArrayList<>();
    for (int stages = 1; stages <= 4; stages++) {
      for (int interval = 1; interval <= 3; interval++) {
        shapes.add(shape(2, stages, interval));
      }
    }
    return shapes;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void anOutputStationaryTileTakesTheCyclesThatSteppingItTakes(UnitShape unit) {
    for (int rows = 1; rows <= 4; rows++) {
      for (int columns = 1; columns <= 4; columns++) {
        for (int k = 1; k <= 9; k++) {
          Machine machine = machine(Dataflow.OUTPUT_STATIONARY, rows, columns);
          long stepped = new SteppedArray(rows, columns, unit).outputStationary((k + 1) / 2);
          assertThat(new SystolicCycles(machine, unit).cycles(new Gemm(rows, columns, k)))
              .as("%d x %d units, K = %d", rows, columns, k)
              .isEqualTo(stepped);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aWeightStationaryTileTakesTheCyclesThatSteppingItTakes(UnitShape unit) {
    for (int rows = 1; rows <= 4; rows++) {
      for (int columns = 1; columns <= 4; columns++) {
        for (int m = 1; m <= 5; m++) {
          Machine machine = machine(Dataflow.WEIGHT_STATIONARY, rows, columns);
          long stepped = new SteppedArray(rows, columns, unit).sumsMoveDown(m);
          assertThat(new SystolicCycles(machine, unit).cycles(new Gemm(m, columns, 2 * rows)))
              .as("%d x %d units, M = %d", rows, columns, m)
              .isEqualTo(stepped);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void aUnitOfEightProductsNeedsAnEighthOfThePasses(Dataflow dataflow) {
    Gemm gemm = new Gemm(5, 7, 64);
    SystolicCycles cycles = new SystolicCycles(machine(dataflow, 4, 4), shape(8, 3, 1));
    assertThat(cycles.passes(gemm)).isEqualTo(5 * 7 * 8);
  }

  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void utilisationNeverExceedsOne(Dataflow dataflow) {
    Performance performance =
        Performance.of(
            machine(dataflow, 4, 4),
            shape(2, 2, 2),
            gemm -> BYTES,
            List.of(new Gemm(400, 400, 400)));
    assertThat(performance.utilisation()).isBetween(0.5, 1.0);
  }

  @Test
  void inputStationaryIsWeightStationaryWithTheOperandsExchanged() {
    long inputs =
        new SystolicCycles(machine(Dataflow.INPUT_STATIONARY, 8, 4), SIMPLE)
            .cycles(new Gemm(10, 20, 30));
    long weights =
        new SystolicCycles(machine(Dataflow.WEIGHT_STATIONARY, 8, 4), SIMPLE)
            .cycles(new Gemm(20, 10, 30));
    assertThat(inputs).isEqualTo(weights);
  }

  @ParameterizedTest
  @CsvSource({"OUTPUT_STATIONARY, 6400, 6400", "WEIGHT_STATIONARY, 6400, 6400"})
  void whatFitsItsSramIsFetchedOnce(Dataflow dataflow, long a, long b) {
    Traffic traffic = Traffic.of(machine(dataflow, 8, 8), SIMPLE, BYTES, new Gemm(80, 80, 80));
    assertThat(List.of(traffic.dramReadsA(), traffic.dramReadsB())).containsExactly(a, b);
  }

  @Test
  void weightsThatDoNotFitAreFetchedForEachStripOfOutputs() {
    Gemm gemm = new Gemm(80, 1000, 100);
    Traffic traffic = Traffic.of(machine(Dataflow.OUTPUT_STATIONARY, 8, 8), SIMPLE, BYTES, gemm);
    assertThat(traffic.dramReadsB()).isEqualTo(100_000L * 10);
  }

  @Test
  void partialSumsThatDoNotFitLeaveAndComeBack() {
    Gemm gemm = new Gemm(10_000, 8, 24);
    Traffic traffic = Traffic.of(machine(Dataflow.WEIGHT_STATIONARY, 8, 8), SIMPLE, BYTES, gemm);
    assertThat(List.of(traffic.dramReadsOutput(), traffic.dramWritesOutput()))
        .containsExactly(160_000L, 240_000L);
  }

  @Test
  void aMachineNeedsUnits() {
    assertThatThrownBy(() -> machine(Dataflow.OUTPUT_STATIONARY, 0, 8))
        .hasMessage("rows must be 1..16384: 0");
  }
}
