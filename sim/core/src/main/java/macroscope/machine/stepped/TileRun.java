package macroscope.machine.stepped;

import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.machine.UnitShape;

/** A tile on the array from its start to its last result, a cycle at a time. */
final class TileRun {

  private final Dataflow dataflow;
  private final UnitShape unit;
  private final TileTimes times;
  private final Tile tile;
  private final ArrayStep array;
  private final SramReader sramA;
  private final SramReader sramB;
  private long cycle;
  private int entered;
  private long nextEntry;
  private long ends = Long.MAX_VALUE;

  TileRun(
      Machine machine,
      UnitShape unit,
      MemorySystem memory,
      TileTimes times,
      Tile tile,
      ArrayStep array) {
    this.dataflow = machine.dataflow();
    this.unit = unit;
    this.times = times;
    this.tile = tile;
    this.array = array;
    this.sramA = new SramReader(memory.a());
    this.sramB = new SramReader(memory.b());
    this.nextEntry = times.loading();
    array.begin(tile);
    request();
  }

  private void request() {
    if (!dataflow.inputsStay()) {
      sramA.request(tile.rows(), times.wordsA());
    }
    if (dataflow == Dataflow.OUTPUT_STATIONARY) {
      sramB.request(tile.columns(), times.wordsB());
    } else if (dataflow.inputsStay()) {
      sramB.request(tile.rows(), times.wordsB());
    }
  }

  /** One cycle; what the array's edge did in it. */
  Cause step() {
    boolean loaded = cycle >= times.loading();
    boolean more = entered < tile.streamed();
    if (loaded && more) {
      sramA.step();
      sramB.step();
    }
    boolean ready = cycle >= nextEntry;
    boolean enters = more && ready && sramA.idle() && sramB.idle();
    array.step(enters ? entered : -1);
    if (enters) {
      entered++;
      nextEntry = cycle + unit.pipeline().initiationInterval();
      request();
    }
    finishIfLastPassIsStarted();
    cycle++;
    if (enters) {
      return Cause.COMPUTE;
    }
    if (!loaded) {
      return Cause.FILL;
    }
    if (!more) {
      return Cause.DRAIN;
    }
    return ready ? Cause.SRAM_PORTS : Cause.INTERVAL;
  }

  private void finishIfLastPassIsStarted() {
    if (ends == Long.MAX_VALUE && array.lastAtFarCorner() == tile.streamed() - 1) {
      ends = cycle + unit.pipeline().latency() + times.draining(tile);
    }
  }

  /** Whether all results have come out. */
  boolean done() {
    return cycle >= ends;
  }
}
