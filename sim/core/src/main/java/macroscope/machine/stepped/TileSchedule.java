package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * When the tiles of a product run, by one recurrence a tile in place of one step a cycle.
 *
 * <p>With n buffers the bus does, in this order, the loads of the first n tiles, then for each tile
 * its store and the load of the tile n later. A load or store starts when the bus is free and the
 * tile that had the buffer, or that made the results, is done; a tile starts when the one before is
 * done, its operands are there, and the results of n stores before have left.
 */
public final class TileSchedule {

  private final MemorySystem memory;
  private final List<Tile> tiles;
  private final TileTimes times;
  private final long[] available;
  private final long[] done;
  private final long[] stored;
  private final Map<Cause, Long> waits = new EnumMap<>(Cause.class);
  private final List<TraceEvent> arrayTrace = new ArrayList<>();
  private final List<TraceEvent> busTrace = new ArrayList<>();
  private long busFree;
  private long end;

  public TileSchedule(
      Machine machine, UnitShape unit, MemorySystem memory, StorageBits bits, Gemm gemm) {
    this.memory = memory;
    this.tiles = new TileProgram(machine, unit, bits, gemm).tiles();
    this.times = new TileTimes(machine, unit, memory, bits, gemm);
    this.available = new long[tiles.size()];
    this.done = new long[tiles.size()];
    this.stored = new long[tiles.size()];
    run();
  }

  private void run() {
    int stores = 0;
    for (int t = 0; t < Math.min(memory.buffers(), tiles.size()); t++) {
      load(t, 0);
    }
    for (int t = 0; t < tiles.size(); t++) {
      long ready = t == 0 ? 0 : done[t - 1];
      long operands = Math.max(ready, available[t]);
      long room = stores < memory.buffers() ? 0 : stored[stores - memory.buffers()];
      long start = Math.max(operands, room);
      waits.merge(Cause.OPERANDS, operands - ready, Long::sum);
      waits.merge(Cause.STORES, start - operands, Long::sum);
      done[t] = start + times.cycles(tiles.get(t));
      arrayTrace.add(new TraceEvent("array", "tile " + t, start, done[t] - start));
      if (tiles.get(t).storeBits() > 0) {
        transfer("store " + t, done[t], tiles.get(t).storeBits());
        stored[stores++] = busFree;
      }
      if (t + memory.buffers() < tiles.size()) {
        load(t + memory.buffers(), done[t]);
      }
    }
    long last = done[tiles.size() - 1];
    end = Math.max(last, stored[stores - 1]);
    waits.merge(Cause.STORES, end - last, Long::sum);
  }

  private void load(int tile, long from) {
    long bits = tiles.get(tile).loadBits();
    if (bits > 0) {
      transfer("load " + tile, from, bits);
      available[tile] = busFree + memory.latencyCycles();
    }
  }

  private void transfer(String name, long from, long bits) {
    long start = Math.max(busFree, from);
    busFree = start + memory.transfer(bits);
    busTrace.add(new TraceEvent("bus", name, start, busFree - start));
  }

  /** Tiles and transfers in the order of their start. */
  public List<TraceEvent> trace() {
    return TraceEvent.ordered(arrayTrace, busTrace);
  }

  /** Cycles from the first load to the last result in external memory. */
  public long cycles() {
    return end;
  }

  /** Cycles that the array waits for a cause: operands or stores; 0 for any other. */
  public long waits(Cause cause) {
    return waits.getOrDefault(cause, 0L);
  }
}
