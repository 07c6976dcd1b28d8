package macroscope.machine.stepped;

import java.util.Map;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;

/**
 * Cycles of one tile in closed form: those of {@link macroscope.machine.SystolicCycles} with the
 * interval stretched to the cycles in which SRAMs read the operands of a pass, the first of which has
 * to be read before anything can start.
 */
final class TileTimes {

  private final Machine machine;
  private final UnitShape unit;
  private final MemorySystem memory;
  private final int wordsA;
  private final int wordsB;

  TileTimes(Machine machine, UnitShape unit, MemorySystem memory, StorageBits bits) {
    this.machine = machine;
    this.unit = unit;
    this.memory = memory;
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

  /** Cycles before the first pass can be read: what stays is shifted in, tables are filled. */
  int loading() {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> 0;
      case WEIGHT_STATIONARY, INPUT_STATIONARY -> machine.rows();
      case TABLE_STATIONARY -> machine.rows() + unit.tableEntries();
    };
  }

  /** Cycles after the last result in which finished results leave, before the next tile. */
  int draining(Tile tile) {
    boolean sequential =
        machine.dataflow() == Dataflow.OUTPUT_STATIONARY && machine.drain() == Drain.SEQUENTIAL;
    return sequential && tile.storeBits() > 0 ? machine.rows() : 0;
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
    return loading()
        + tile.streamed()
        + betweenPasses(tile)
        + portStalls(tile)
        + draining(tile)
        + crossing();
  }

  /** Adds the cycles of a tile to their causes. */
  void count(Tile tile, Map<Cause, Long> causes) {
    causes.merge(Cause.FILL, (long) loading(), Long::sum);
    causes.merge(Cause.COMPUTE, (long) tile.streamed(), Long::sum);
    causes.merge(Cause.INTERVAL, betweenPasses(tile), Long::sum);
    causes.merge(Cause.SRAM_PORTS, portStalls(tile), Long::sum);
    causes.merge(Cause.DRAIN, draining(tile) + crossing(), Long::sum);
  }

  private long betweenPasses(Tile tile) {
    return (tile.streamed() - 1L) * (unit.pipeline().initiationInterval() - 1);
  }

  /** The first operands are read before anything enters, those of other passes meanwhile. */
  private long portStalls(Tile tile) {
    int reading = reading(tile);
    int longer = Math.max(0, reading - unit.pipeline().initiationInterval());
    return reading - 1L + (tile.streamed() - 1L) * longer;
  }

  /** Cycles from the entry of the last pass to its last result. */
  private long crossing() {
    return (machine.rows() - 1L) * rowStep()
        + machine.columns()
        - 1
        + unit.pipeline().latency()
        - 1;
  }
}
