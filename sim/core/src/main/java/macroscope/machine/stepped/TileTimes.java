package macroscope.machine.stepped;

import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * Cycles of one tile in closed form: those of {@link macroscope.machine.SystolicCycles} with the
 * interval stretched to the cycles in which SRAMs read the operands of a pass, the first of which has
 * to be read before anything can start.
 */
final class TileTimes {

  private final Machine machine;
  private final UnitShape unit;
  private final MemorySystem memory;
  private final Gemm gemm;
  private final int wordsA;
  private final int wordsB;

  TileTimes(Machine machine, UnitShape unit, MemorySystem memory, StorageBits bits, Gemm gemm) {
    this.machine = machine;
    this.unit = unit;
    this.memory = memory;
    this.gemm = gemm;
    this.wordsA = memory.a().words(unit.length(), bits.a());
    this.wordsB = memory.b().words(unit.length(), bits.b());
  }

  /** Words of A that enter for a pass: of each row, or of each unit of a column. */
  int wordsA() {
    return wordsA;
  }

  /** Words of B that enter for a pass. */
  int wordsB() {
    return wordsB;
  }

  /** Passes that enter the array one after another. */
  int streamed() {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> (gemm.k() + unit.length() - 1) / unit.length();
      case WEIGHT_STATIONARY -> gemm.m();
      case INPUT_STATIONARY, TABLE_STATIONARY -> gemm.n();
    };
  }

  /** Cycles before the first pass can be read: what stays is shifted in, tables are filled. */
  int loading() {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> 0;
      case WEIGHT_STATIONARY, INPUT_STATIONARY -> machine.rows();
      case TABLE_STATIONARY -> machine.rows() + unit.tableEntries();
    };
  }

  /** Cycles after the last result in which results leave, before the next tile. */
  int draining() {
    boolean sequential =
        machine.dataflow() == Dataflow.OUTPUT_STATIONARY && machine.drain() == Drain.SEQUENTIAL;
    return sequential ? machine.rows() : 0;
  }

  /** Steps of a sum or operand from one row to the next. */
  int rowStep() {
    return machine.dataflow() == Dataflow.OUTPUT_STATIONARY ? 1 : unit.pipeline().latency();
  }

  /** Cycles in which the operands of one pass are read. */
  int reading(Tile tile) {
    int a = memory.a().cycles(tile.rows(), wordsA);
    int b = memory.b().cycles(tile.rows(), wordsB);
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> Math.max(a, memory.b().cycles(tile.columns(), wordsB));
      case WEIGHT_STATIONARY -> a;
      case INPUT_STATIONARY, TABLE_STATIONARY -> b;
    };
  }

  /** Cycles of a tile from its start to its last result. */
  long cycles(Tile tile) {
    int reading = reading(tile);
    long interval = Math.max(unit.pipeline().initiationInterval(), reading);
    long last = reading - 1L + (streamed() - 1) * interval;
    long across = (machine.rows() - 1L) * rowStep() + machine.columns() - 1;
    return loading() + last + across + unit.pipeline().latency() + draining();
  }
}
