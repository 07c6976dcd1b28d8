package macroscope.machine.scalesim;

import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.workload.Gemm;

/**
 * Cycles of a product on a systolic array with the memory of SCALE-Sim v3 in mode USER (Raj et al.,
 * ISPASS 2025, arXiv 2504.15377): each operand has an SRAM whose halves are read and fetched in turn,
 * in the order in which the array wants its elements, and results have one that drains in halves. The
 * array stands still until the slowest of the three has what a cycle needs.
 *
 * <p>It is there to compare with SCALE-Sim, with what is peculiar to its code, which was read and not
 * taken over; {@link macroscope.machine.stepped} is our own model of memory.
 */
public final class ScaleSimMemory {

  /** So that the places of all elements fit an array. */
  private static final long MOST_ELEMENTS = 1L << 27;

  /** Reads that are stepped through in some seconds. */
  private static final long MOST_READS = 1L << 31;

  private final Machine machine;
  private final Gemm gemm;
  private final ReadBuffer a;
  private final ReadBuffer b;
  private final WriteBuffer results;
  private long line;
  private long stalls;
  private long end;

  /**
   * @param machine whose SRAM capacities are words; outputs, weights or inputs stationary
   * @param wordsPerCycle what external memory moves a cycle for each of the three
   */
  public ScaleSimMemory(Machine machine, int wordsPerCycle, Gemm gemm) {
    this.machine = machine;
    this.gemm = gemm;
    this.a = new ReadBuffer(operandA(), machine.sram().a(), wordsPerCycle);
    this.b = new ReadBuffer(operandB(), machine.sram().b(), wordsPerCycle);
    this.results = new WriteBuffer(machine.sram().output(), wordsPerCycle);
    run();
  }

  /** Whether a product is small enough to be stepped through. */
  public static boolean supports(Machine machine, Gemm gemm) {
    double elements = (double) Math.max(gemm.m(), gemm.n()) * gemm.k();
    double reads = (double) gemm.macs() / Math.min(machine.rows(), machine.columns());
    return elements <= MOST_ELEMENTS && reads <= MOST_READS;
  }

  private BufferedOperand operandA() {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> new BufferedOperand(gemm.m(), machine.rows(), gemm.k(), true);
      case WEIGHT_STATIONARY -> new BufferedOperand(gemm.k(), machine.rows(), gemm.m(), true);
      case INPUT_STATIONARY -> new BufferedOperand(gemm.m(), machine.columns(), gemm.k(), false);
      case TABLE_STATIONARY -> throw tables();
    };
  }

  private BufferedOperand operandB() {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> new BufferedOperand(gemm.n(), machine.columns(), gemm.k(), true);
      case WEIGHT_STATIONARY -> new BufferedOperand(gemm.n(), machine.columns(), gemm.k(), false);
      case INPUT_STATIONARY -> new BufferedOperand(gemm.k(), machine.rows(), gemm.n(), true);
      case TABLE_STATIONARY -> throw tables();
    };
  }

  private static IllegalArgumentException tables() {
    return new IllegalArgumentException("SCALE-Sim has no table-stationary arrays");
  }

  /** Cycles that the array waits for its memories. */
  public long stalls() {
    return stalls;
  }

  /** What SCALE-Sim calls total cycles: the index of the last cycle, counted from 0. */
  public long totalCycles() {
    return end;
  }

  private void run() {
    boolean outputs = machine.dataflow() == Dataflow.OUTPUT_STATIONARY;
    int onRows = outputs ? gemm.m() : gemm.k();
    int onColumns = machine.dataflow().inputsStay() ? gemm.m() : gemm.n();
    for (int column = 0; column < onColumns; column += machine.columns()) {
      for (int row = 0; row < onRows; row += machine.rows()) {
        int rows = Math.min(machine.rows(), onRows - row);
        int columns = Math.min(machine.columns(), onColumns - column);
        Fold fold = new Fold(row, rows, column, columns);
        if (outputs) {
          outputStationary(fold);
        } else {
          sumsMove(fold);
        }
      }
    }
  }

  /** What lies on the array at a time. */
  private record Fold(int row, int rows, int column, int columns) {}

  private void outputStationary(Fold fold) {
    int depth = gemm.k();
    int cycles = machine.rows() + machine.columns() + depth - 2;
    BufferedOperand left = operandA();
    BufferedOperand top = operandB();
    for (int t = 0; t < cycles; t++) {
      begin();
      diagonal(a, left, fold.row(), fold.rows(), t);
      diagonal(b, top, fold.column(), fold.columns(), t);
      int written = 0;
      for (int c = 0; c < fold.columns(); c++) {
        int fromBottom = t - c - (depth - 1);
        int row = machine.rows() - 1 - fromBottom;
        written += fromBottom >= 0 && row >= 0 && row < fold.rows() ? 1 : 0;
      }
      finish(written);
    }
  }

  private void sumsMove(Fold fold) {
    boolean inputsStay = machine.dataflow().inputsStay();
    int streamed = inputsStay ? gemm.n() : gemm.m();
    int cycles = 2 * machine.rows() + machine.columns() + streamed - 2;
    ReadBuffer moving = inputsStay ? b : a;
    ReadBuffer staying = inputsStay ? a : b;
    BufferedOperand movingOrder = inputsStay ? operandB() : operandA();
    BufferedOperand stayingOrder = inputsStay ? operandA() : operandB();
    for (int t = 0; t < cycles; t++) {
      begin();
      diagonal(moving, movingOrder, fold.row(), fold.rows(), t - machine.rows());
      int row = machine.rows() - 1 - t;
      if (row >= 0 && row < fold.rows() && !staying.holdsAll()) {
        for (int c = 0; c < fold.columns(); c++) {
          staying.read(stayingOrder.element(fold.column() + c, fold.row() + row));
        }
      }
      int first = t - (2 * machine.rows() - 1);
      int written = Math.min(fold.columns() - 1, first) - Math.max(0, first - streamed + 1) + 1;
      finish(Math.max(0, written));
    }
  }

  /** Lane after lane reads one element later. */
  private static void diagonal(ReadBuffer from, BufferedOperand order, int first, int used, int t) {
    if (from.holdsAll()) {
      return;
    }
    for (int lane = Math.max(0, t - order.depth() + 1); lane < used && lane <= t; lane++) {
      from.read(order.element(first + lane, t - lane));
    }
  }

  private void begin() {
    a.begin(line + stalls);
    b.begin(line + stalls);
  }

  private void finish(int written) {
    long cycle = line + stalls;
    long stores = results.write(written, cycle);
    end = cycle + stores;
    stalls += Math.max(stores, Math.max(a.stall(), b.stall()));
    line++;
  }
}
