package macroscope.machine.scalesim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import macroscope.hardware.Pipeline;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScaleSimMemoryTest {

  private static final Map<String, Dataflow> DATAFLOWS =
      Map.of(
          "os", Dataflow.OUTPUT_STATIONARY,
          "ws", Dataflow.WEIGHT_STATIONARY,
          "is", Dataflow.INPUT_STATIONARY);

  private static Machine machine(Dataflow dataflow, int rows, int columns) {
    Machine.Sram words = new Machine.Sram(65536, 65536, 65536);
    return new Machine("test", rows, columns, dataflow, Drain.OVERLAPPED, 1, words);
  }

  /** Rows of the vector file: dataflow, array, product, total cycles, stall cycles. */
  static List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ScaleSimMemoryTest.class.getResourceAsStream("/vectors/systolic-user.csv")),
                StandardCharsets.UTF_8))) {
      reader.lines().skip(1).map(line -> List.of(line.split(","))).forEach(rows::add);
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void stallsAreThoseOfScaleSim(List<String> row) {
    ScaleSimMemory memory =
        new ScaleSimMemory(
            machine(
                DATAFLOWS.get(row.get(2)),
                Integer.parseInt(row.get(3)),
                Integer.parseInt(row.get(4))),
            10,
            new Gemm(
                Integer.parseInt(row.get(5)),
                Integer.parseInt(row.get(6)),
                Integer.parseInt(row.get(7))));
    assertThat(List.of(memory.totalCycles(), memory.stalls()))
        .containsExactly(Long.parseLong(row.get(8)), Long.parseLong(row.get(10)));
  }

  /** The traces that come with SCALE-Sim: a product whose operands and results exceed their SRAMs. */
  @ParameterizedTest
  @CsvSource({
    "WEIGHT_STATIONARY, 52447, 41248",
    "OUTPUT_STATIONARY, 52447, 42272",
    "INPUT_STATIONARY, 19984, 5777"
  })
  void theTracesOfScaleSimAreMet(Dataflow dataflow, long cycles, long stalls) {
    ScaleSimMemory memory =
        new ScaleSimMemory(machine(dataflow, 32, 32), 10, new Gemm(256, 128, 256));
    assertThat(List.of(memory.totalCycles(), memory.stalls())).containsExactly(cycles, stalls);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TABLE_STATIONARY")
  void whatFitsTheSramsNeverStalls(Dataflow dataflow) {
    Machine machine = machine(dataflow, 4, 8);
    Gemm gemm = new Gemm(30, 20, 10);
    UnitShape unit = new UnitShape(1, new Pipeline(List.of("mac"), 1));
    assertThat(new ScaleSimMemory(machine, 10, gemm).totalCycles())
        .isEqualTo(new SystolicCycles(machine, unit).scaleSimTotalCycles(gemm));
  }

  @Test
  void moreBandwidthStallsLess() {
    Machine machine = machine(Dataflow.WEIGHT_STATIONARY, 32, 32);
    Gemm gemm = new Gemm(256, 128, 256);
    assertThat(new ScaleSimMemory(machine, 20, gemm).stalls())
        .isLessThan(new ScaleSimMemory(machine, 10, gemm).stalls());
  }

  @Test
  void resultsThatFillTheirSramStallTheArray() {
    Machine.Sram small = new Machine.Sram(65536, 65536, 64);
    Machine machine =
        new Machine("test", 4, 4, Dataflow.OUTPUT_STATIONARY, Drain.OVERLAPPED, 1, small);
    assertThat(new ScaleSimMemory(machine, 1, new Gemm(32, 32, 2)).stalls()).isPositive();
  }

  @Test
  void thereAreNoTables() {
    Machine machine = machine(Dataflow.TABLE_STATIONARY, 4, 4);
    assertThatThrownBy(() -> new ScaleSimMemory(machine, 10, new Gemm(4, 4, 4)))
        .hasMessage("SCALE-Sim has no table-stationary arrays");
  }
}
