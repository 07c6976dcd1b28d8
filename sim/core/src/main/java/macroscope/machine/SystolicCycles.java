package macroscope.machine;

import macroscope.workload.Gemm;

/**
 * Cycles of a matrix product on a systolic array in closed form.
 *
 * <p>The product is cut into tiles that follow each other; a tile of an array of R rows and C columns
 * takes, with units that start a pass every I cycles and finish it after latency l (for the simple
 * multiply-accumulate unit of the literature L = I = l = 1):
 *
 * <ul>
 *   <li>output-stationary: R + C - 2 cycles until the last unit has operands, then ceil(K/L) passes,
 *       the last of which needs l: {@code (R-1) + (C-1) + (P-1) I + l}, for the simple unit R + C + K
 *       - 2. ceil(M/R) ceil(N/C) tiles.
 *   <li>weight-stationary: R cycles to load; a sum moves down one row each l cycles; M sums follow
 *       each other at I: {@code R + (R-1) l + (C-1) + (M-1) I + l}, for the simple unit 2R + C + M - 2.
 *       ceil(K/(R L)) ceil(N/C) tiles.
 *   <li>input-stationary: the same with M and N exchanged: ceil(K/(R L)) ceil(M/C) tiles.
 *   <li>table-stationary: as input-stationary, and after loading E cycles in which each unit writes the
 *       E entries of its table.
 * </ul>
 *
 * <p>For the simple unit these are the cycles of SCALE-Sim v2 and v3 (mode CALC), which reports the
 * index of the last cycle, one less: {@link #scaleSimTotalCycles}.
 */
public final class SystolicCycles {

  private final Machine machine;
  private final UnitShape unit;

  public SystolicCycles(Machine machine, UnitShape unit) {
    this.machine = machine;
    this.unit = unit;
  }

  /** Cycles from the first operand to the last result. */
  public long cycles(Gemm gemm) {
    return Math.multiplyExact(tiles(gemm), cyclesPerTile(gemm));
  }

  /** What SCALE-Sim calls total cycles: the index of the last cycle, counted from 0. */
  public long scaleSimTotalCycles(Gemm gemm) {
    return cycles(gemm) - 1;
  }

  /** Tiles that follow each other. */
  public long tiles(Gemm gemm) {
    return Math.multiplyExact(rowTiles(gemm), columnTiles(gemm));
  }

  /** Tiles along the dimension that lies on the rows: M, or K for the other dataflows. */
  public long rowTiles(Gemm gemm) {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> ceilDivide(gemm.m(), machine.rows());
      case WEIGHT_STATIONARY, INPUT_STATIONARY, TABLE_STATIONARY ->
          ceilDivide(gemm.k(), (long) machine.rows() * unit.length());
    };
  }

  /** Tiles along the dimension that lies on the columns: N, or M if inputs are stationary. */
  public long columnTiles(Gemm gemm) {
    int size = machine.dataflow().inputsStay() ? gemm.m() : gemm.n();
    return ceilDivide(size, machine.columns());
  }

  /** Passes that units do for the product: each covers up to L products of one result. */
  public long passes(Gemm gemm) {
    long results = (long) gemm.m() * gemm.n();
    return Math.multiplyExact(results, ceilDivide(gemm.k(), unit.length()));
  }

  private long cyclesPerTile(Gemm gemm) {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> outputStationary(ceilDivide(gemm.k(), unit.length()));
      case WEIGHT_STATIONARY -> sumsMoveDown(gemm.m());
      case INPUT_STATIONARY -> sumsMoveDown(gemm.n());
      case TABLE_STATIONARY -> unit.tableEntries() + sumsMoveDown(gemm.n());
    };
  }

  private long outputStationary(long passes) {
    long fill = machine.rows() - 1L + machine.columns() - 1L;
    long drain = machine.drain() == Drain.SEQUENTIAL ? machine.rows() : 0;
    return fill + stream(passes) + drain;
  }

  private long sumsMoveDown(long sums) {
    long load = machine.rows();
    long down = (machine.rows() - 1L) * unit.pipeline().latency();
    return load + down + machine.columns() - 1L + stream(sums);
  }

  /** Cycles from the operands of the first of so many passes of one unit to the last result. */
  private long stream(long passes) {
    return (passes - 1) * unit.pipeline().initiationInterval() + unit.pipeline().latency();
  }

  static long ceilDivide(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
