package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.Traffic;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * When the tiles of a product run, by one recurrence a command in place of one step a cycle.
 *
 * <p>Commands are issued in the order of their program: each when the one before is issued and its queue
 * has room. The bus does its commands in that order: a load or store starts when it is issued, the bus
 * is free and the tile that had the buffer, or that makes the results, is done. A tile starts when its
 * command is issued, the tile before is done, its operands are there, and the results of n stores before
 * have left.
 */
public final class TileSchedule {

  private final MemorySystem memory;
  private final List<Tile> tiles;
  private final TileTimes times;
  private final Traffic traffic;
  private final long[] loadIssued;
  private final long[] transferred;
  private final long[] done;
  private final List<Long> busStarts = new ArrayList<>();
  private final List<Long> arrayStarts = new ArrayList<>();
  private final List<Long> stored = new ArrayList<>();
  private final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
  private final List<TraceEvent> trace = new ArrayList<>();
  private long issued;
  private long busFree;

  /** A schedule of tiles of the whole array past which everything streams. */
  public TileSchedule(
      Machine machine, UnitShape unit, MemorySystem memory, StorageBits bits, Gemm gemm) {
    this(machine, unit, memory, bits, gemm, Tiling.whole(machine, unit, gemm));
  }

  /**
   * @param tiling largest sizes of a tile
   * @throws IllegalArgumentException if a tile is larger than the array or sums of several tiles do not
   *     fit the output SRAM
   */
  public TileSchedule(
      Machine machine,
      UnitShape unit,
      MemorySystem memory,
      StorageBits bits,
      Gemm gemm,
      Tiling tiling) {
    this.memory = memory;
    this.tiles = new TileProgram(machine, unit, bits, gemm, tiling).tiles();
    this.times = new TileTimes(machine, unit, memory, bits);
    this.traffic = TileTraffic.of(machine, unit, gemm, tiles);
    this.loadIssued = new long[tiles.size()];
    this.transferred = new long[tiles.size()];
    this.done = new long[tiles.size()];
    Command.program(tiles, memory.buffers()).forEach(this::schedule);
    long last = done[tiles.size() - 1];
    wait(Cause.STORES, wait(Cause.COMMANDS, last, issued), stored.get(stored.size() - 1));
  }

  private void schedule(Command command) {
    List<Long> starts = command.kind().bus() ? busStarts : arrayStarts;
    int queue = memory.commands().queue();
    long room = starts.size() < queue ? 0 : starts.get(starts.size() - queue) + 1;
    issued = Math.max(issued, room) + memory.commands().cyclesEach();
    int t = command.tile();
    switch (command.kind()) {
      case LOAD -> {
        loadIssued[t] = issued;
        int before = t - memory.buffers();
        transfer("load " + t, before < 0 ? 0 : done[before], tiles.get(t).loadBits());
        transferred[t] = busFree;
      }
      case STORE -> {
        transfer("store " + t, done[t], tiles.get(t).storeBits());
        stored.add(busFree);
      }
      case COMPUTE -> compute(t);
    }
  }

  private void compute(int t) {
    long time = t == 0 ? 0 : done[t - 1];
    if (tiles.get(t).loadBits() > 0) {
      time = wait(Cause.COMMANDS, time, loadIssued[t]);
      time = wait(Cause.BUS, time, transferred[t]);
      time = wait(Cause.LATENCY, time, transferred[t] + memory.latencyCycles());
    }
    int others = stored.size() - memory.buffers();
    time = wait(Cause.STORES, time, others < 0 ? 0 : stored.get(others));
    time = wait(Cause.COMMANDS, time, issued);
    arrayStarts.add(time);
    times.count(tiles.get(t), causes);
    done[t] = time + times.cycles(tiles.get(t));
    trace.add(new TraceEvent("array", "tile " + t, time, done[t] - time));
  }

  /** The later of both times, the wait counted. */
  private long wait(Cause cause, long from, long until) {
    if (until <= from) {
      return from;
    }
    causes.merge(cause, until - from, Long::sum);
    trace.add(new TraceEvent("wait", cause.toString(), from, until - from));
    return until;
  }

  private void transfer(String name, long from, long bits) {
    long start = Math.max(Math.max(busFree, from), issued);
    busStarts.add(start);
    busFree = start + memory.transfer(bits);
    trace.add(new TraceEvent("bus", name, start, busFree - start));
  }

  /** Tiles, transfers and waits in the order of their start. */
  public List<TraceEvent> trace() {
    return TraceEvent.ordered(trace);
  }

  /** Every cycle from the first command to the last result in external memory, by cause. */
  public CycleCauses causes() {
    return new CycleCauses(causes);
  }

  /** All cycles. */
  public long cycles() {
    return stored.get(stored.size() - 1);
  }

  /** Elements that the tiles move. */
  public Traffic traffic() {
    return traffic;
  }

  /** Bits from and to external memory. */
  public long dramBits() {
    return tiles.stream().mapToLong(tile -> tile.loadBits() + tile.storeBits()).sum();
  }

  /** Passes that enter the array: of each tile as many as stream past it. */
  public long entries() {
    return tiles.stream().mapToLong(Tile::streamed).sum();
  }

  /** Tiles. */
  public int tiles() {
    return tiles.size();
  }
}
