package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The way to external memory: loads and stores in the order of their commands, one at a time, a cycle at
 * a time. A load waits for the tile that had its buffer, a store for the tile that makes its results.
 */
final class Bus {

  private final MemorySystem memory;
  private final List<Tile> tiles;
  private final long[] transferred;
  private final int[] storesBefore;
  private final List<TraceEvent> trace = new ArrayList<>();
  private Optional<Command> moving = Optional.empty();
  private int storesDone;
  private long left;

  Bus(MemorySystem memory, List<Tile> tiles) {
    this.memory = memory;
    this.tiles = tiles;
    this.transferred = new long[tiles.size()];
    this.storesBefore = new int[tiles.size() + 1];
    for (int t = 0; t < tiles.size(); t++) {
      transferred[t] = tiles.get(t).loadBits() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
      storesBefore[t + 1] = storesBefore[t] + (tiles.get(t).storeBits() > 0 ? 1 : 0);
    }
  }

  /**
   * One cycle.
   *
   * @param tilesDone tiles whose results were complete at the beginning of the cycle
   */
  void step(Deque<Command> queue, long cycle, int tilesDone) {
    if (moving.isEmpty() && !queue.isEmpty() && after(queue.element()) < tilesDone) {
      start(queue.remove(), cycle);
    }
    if (moving.isPresent()) {
      left--;
      if (left == 0) {
        finish(moving.get(), cycle + 1);
        moving = Optional.empty();
      }
    }
  }

  /** The tile that must be done before a command can start. */
  private int after(Command command) {
    return command.kind() == Command.Kind.STORE
        ? command.tile()
        : command.tile() - memory.buffers();
  }

  private void start(Command command, long cycle) {
    moving = Optional.of(command);
    boolean store = command.kind() == Command.Kind.STORE;
    Tile tile = tiles.get(command.tile());
    left = memory.transfer(store ? tile.storeBits() : tile.loadBits());
    trace.add(new TraceEvent("bus", (store ? "store " : "load ") + command.tile(), cycle, left));
  }

  private void finish(Command command, long now) {
    if (command.kind() == Command.Kind.STORE) {
      storesDone++;
    } else {
      transferred[command.tile()] = now;
    }
  }

  /** Whether the operands of a tile have left external memory. */
  boolean hasTransferred(int tile, long cycle) {
    return transferred[tile] <= cycle;
  }

  /** Whether the operands of a tile are in the SRAMs. */
  boolean hasOperands(int tile, long cycle) {
    return transferred[tile] <= cycle - memory.latencyCycles();
  }

  /** Tiles of the first {@code upTo} whose results are still in an output buffer. */
  int waiting(int upTo) {
    return storesBefore[upTo] - storesDone;
  }

  List<TraceEvent> trace() {
    return trace;
  }
}
