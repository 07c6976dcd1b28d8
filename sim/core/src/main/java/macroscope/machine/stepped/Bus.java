package macroscope.machine.stepped;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The way to external memory: loads and stores in the order of {@link TileSchedule}, one at a time, a
 * cycle at a time.
 */
final class Bus {

  /**
   * A transfer.
   *
   * @param after the tile that must be done before it, or -1
   */
  private record Job(boolean store, int tile, int after, long bits) {}

  private final MemorySystem memory;
  private final Deque<Job> jobs = new ArrayDeque<>();
  private final long[] available;
  private final boolean[] stored;
  private final List<TraceEvent> trace = new ArrayList<>();
  private long left;

  Bus(MemorySystem memory, List<Tile> tiles) {
    this.memory = memory;
    this.available = new long[tiles.size()];
    this.stored = new boolean[tiles.size()];
    for (int t = 0; t < Math.min(memory.buffers(), tiles.size()); t++) {
      load(t, -1, tiles);
    }
    for (int t = 0; t < tiles.size(); t++) {
      if (tiles.get(t).storeBits() > 0) {
        jobs.add(new Job(true, t, t, tiles.get(t).storeBits()));
      } else {
        stored[t] = true;
      }
      if (t + memory.buffers() < tiles.size()) {
        load(t + memory.buffers(), t, tiles);
      }
    }
  }

  private void load(int tile, int after, List<Tile> tiles) {
    long bits = tiles.get(tile).loadBits();
    if (bits > 0) {
      available[tile] = Long.MAX_VALUE;
      jobs.add(new Job(false, tile, after, bits));
    }
  }

  /**
   * One cycle.
   *
   * @param tilesDone tiles whose results were complete at the beginning of the cycle
   */
  void step(long cycle, int tilesDone) {
    Job job = jobs.peek();
    if (job == null || job.after() >= tilesDone) {
      return;
    }
    if (left == 0) {
      left = memory.transfer(job.bits());
      String name = (job.store() ? "store " : "load ") + job.tile();
      trace.add(new TraceEvent("bus", name, cycle, left));
    }
    left--;
    if (left == 0) {
      jobs.remove();
      finish(job, cycle + 1);
    }
  }

  private void finish(Job job, long now) {
    if (job.store()) {
      stored[job.tile()] = true;
    } else {
      available[job.tile()] = now + memory.latencyCycles();
    }
  }

  /** Whether the operands of a tile are in the SRAMs. */
  boolean hasOperands(int tile, long cycle) {
    return available[tile] <= cycle;
  }

  /** Tiles of the first {@code upTo} whose results are still in an output buffer. */
  long waiting(int upTo) {
    int count = 0;
    for (boolean one : Arrays.copyOf(stored, upTo)) {
      count += one ? 0 : 1;
    }
    return count;
  }

  List<TraceEvent> trace() {
    return trace;
  }
}
