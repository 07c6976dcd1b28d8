package macroscope.verify;

import java.util.List;
import java.util.Map;
import macroscope.hardware.Pipeline;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.machine.scalesim.ScaleSimMemory;
import macroscope.workload.Gemm;

/**
 * Cycles of one matrix product on a systolic array as SCALE-Sim reports them. Rows of mode CALC are
 * exact. Rows of mode USER hold the stalls of SCALE-Sim's own memory model and count as measurements:
 * what other versions make of them differs. The SRAMs and the bandwidth are those of the files: 64 kB
 * each, 10 words a cycle.
 */
final class SystolicKind implements VectorKind {

  /** So that the cycles of every shape fit a long. */
  private static final int MOST = 1 << 20;

  private static final int MOST_UNITS = 1 << 14;

  private static final Map<String, Dataflow> DATAFLOWS =
      Map.of(
          "os", Dataflow.OUTPUT_STATIONARY,
          "ws", Dataflow.WEIGHT_STATIONARY,
          "is", Dataflow.INPUT_STATIONARY);

  /** SCALE-Sim's unit: a multiply-accumulate of one product a cycle. */
  private static final UnitShape UNIT =
      new UnitShape(1, new Pipeline(List.of("multiply-accumulate"), 1));

  private static final Machine.Sram SRAM = new Machine.Sram(1 << 16, 1 << 16, 1 << 16);

  private static final int WORDS_PER_CYCLE = 10;

  private final boolean exact;
  private final String cycles;

  private SystolicKind(boolean exact, String cycles) {
    this.exact = exact;
    this.cycles = cycles;
  }

  /** Rows whose cycles must be met. */
  static SystolicKind exactCycles() {
    return new SystolicKind(true, "total_cycles");
  }

  /** Rows whose cycles count as measured. */
  static SystolicKind measuredCycles() {
    return new SystolicKind(false, "measured_total_cycles");
  }

  @Override
  public String name() {
    return "systolic";
  }

  @Override
  public Columns columns() {
    return Columns.of("mode", "dataflow", "array_rows", "array_cols", "M", "N", "K", cycles)
        .andAnyOther();
  }

  @Override
  public boolean exact() {
    return exact;
  }

  @Override
  public Outcome replay(VectorRow row) {
    long expected = row.natural(cycles);
    Machine machine = machine(row);
    Gemm gemm = gemm(row);
    long got = new SystolicCycles(machine, UNIT).scaleSimTotalCycles(gemm);
    if (!exact) {
      return measured(row, machine, gemm, got, expected);
    }
    if (!row.text("mode").equals("CALC")) {
      return new Outcome.Unsupported(
          "cycles of mode " + VectorRow.shown(row.text("mode")) + " are not exact");
    }
    return Difference.ofInteger(cycles, expected, got)
        .map(Outcome.class::cast)
        .orElseGet(Outcome.Passed::new);
  }

  /** In mode CALC memories keep up. */
  private Outcome measured(
      VectorRow row, Machine machine, Gemm gemm, long withoutStalls, long expected) {
    double got = withoutStalls;
    if (!row.text("mode").equals("CALC")) {
      if (!ScaleSimMemory.supports(machine, gemm)) {
        return new Outcome.Unsupported("the product is too large to step through its stalls");
      }
      got = new ScaleSimMemory(machine, WORDS_PER_CYCLE, gemm).totalCycles();
    }
    return new Outcome.Measured(List.of(new Outcome.Prediction(cycles, got, expected)));
  }

  private static Machine machine(VectorRow row) {
    int rows = row.integer("array_rows", 1, MOST_UNITS);
    int columns = row.integer("array_cols", 1, MOST_UNITS);
    Dataflow dataflow = row.choice("dataflow", DATAFLOWS);
    return new Machine("SCALE-Sim", rows, columns, dataflow, Drain.OVERLAPPED, 1, SRAM);
  }

  private static Gemm gemm(VectorRow row) {
    return new Gemm(
        row.integer("M", 1, MOST), row.integer("N", 1, MOST), row.integer("K", 1, MOST));
  }
}
