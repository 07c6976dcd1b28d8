package macroscope.machine.stepped;

import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.machine.UnitShape;

/** A tile on the array from its start to its last result, a cycle at a time. */
final class TileRun {

  private final Machine machine;
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
    this.machine = machine;
    this.unit = unit;
    this.times = times;
    this.tile = tile;
    this.array = array;
    this.sramA = new SramReader(memory.a());
    this.sramB = new SramReader(memory.b());
    this.nextEntry = times.loading();
    request();
  }

  private void request() {
    Dataflow dataflow = machine.dataflow();
    if (!dataflow.inputsStay()) {
      sramA.request(tile.rows(), times.wordsA());
    }
    if (dataflow == Dataflow.OUTPUT_STATIONARY) {
      sramB.request(tile.columns(), times.wordsB());
    } else if (dataflow.inputsStay()) {
      sramB.request(tile.rows(), times.wordsB());
    }
  }

  /** One cycle; what the array did in it. */
  Cause step() {
    boolean loaded = cycle >= times.loading();
    boolean more = loaded && entered < times.streamed();
    if (more) {
      sramA.step();
      sramB.step();
    }
    boolean read = sramA.idle() && sramB.idle();
    boolean enters = more && read && cycle >= nextEntry;
    boolean started = array.step(enters ? entered : -1);
    if (enters) {
      entered++;
      nextEntry = cycle + unit.pipeline().initiationInterval();
      request();
    }
    finishIfLastPassIsStarted();
    Cause idle = more && !read && cycle >= nextEntry ? Cause.SRAM_PORTS : Cause.FILL_AND_DRAIN;
    cycle++;
    return started ? Cause.BUSY : idle;
  }

  private void finishIfLastPassIsStarted() {
    if (ends == Long.MAX_VALUE && array.lastAtFarCorner() == times.streamed() - 1) {
      ends = cycle + unit.pipeline().latency() + times.draining();
    }
  }

  /** Whether all results have come out. */
  boolean done() {
    return cycle >= ends;
  }
}
