package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.Dataflow;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.DotProductUnit;
import macroscope.workload.Gemm;

/**
 * An array of units with its buffers and external memory, stepped cycle by cycle. Operands move through
 * registers from unit to unit; a unit multiplies what its registers hold, and operands that do not
 * belong together end the run, so that the results show the timing to be one that hardware can have.
 *
 * @param <P> operands as the unit wants them
 */
public final class SteppedMachine<P> {

  private final Machine machine;
  private final UnitShape shape;
  private final MemorySystem memory;
  private final TileTimes times;
  private final List<Tile> tiles;
  private final UnitPasses<P> units;

  /**
   * @param shape the unit as the schedule sees it: its own length and pipeline, its table's entries
   * @param a M x K, without scales
   * @param b N x K, without scales
   * @throws IllegalArgumentException if sums of several tiles do not fit the output SRAM
   */
  public SteppedMachine(
      Machine machine,
      UnitShape shape,
      MemorySystem memory,
      DotProductUnit<P> unit,
      EncodedMatrix a,
      EncodedMatrix b) {
    if (shape.length() != unit.length()) {
      throw new IllegalArgumentException(
          "unit length must be " + unit.length() + ": " + shape.length());
    }
    Gemm gemm = new Gemm(a.rows(), b.rows(), a.columns());
    StorageBits bits = StorageBits.of(a.format(), b.format(), unit.partialSumBits(), gemm);
    this.machine = machine;
    this.shape = shape;
    this.memory = memory;
    this.times = new TileTimes(machine, shape, memory, bits, gemm);
    this.tiles = new TileProgram(machine, shape, bits, gemm).tiles();
    this.units = new UnitPasses<>(unit, a, b);
  }

  /** Steps until the last result is in external memory; to be called once. */
  public SteppedRun run() {
    Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    List<TraceEvent> trace = new ArrayList<>();
    Bus bus = new Bus(memory, tiles);
    Optional<TileRun> running = Optional.empty();
    int done = 0;
    long started = 0;
    long cycle = 0;
    while (done < tiles.size() || bus.waiting(tiles.size()) > 0) {
      int doneBefore = done;
      if (running.isEmpty() && canStart(bus, done, cycle)) {
        running = Optional.of(start(done));
        started = cycle;
      }
      Cause cause = running.map(TileRun::step).orElse(waitsFor(bus, done, cycle));
      causes.merge(cause, 1L, Long::sum);
      bus.step(cycle, doneBefore);
      cycle++;
      if (running.filter(TileRun::done).isPresent()) {
        trace.add(new TraceEvent("array", "tile " + done, started, cycle - started));
        running = Optional.empty();
        done++;
      }
    }
    List<TraceEvent> all = TraceEvent.ordered(trace, bus.trace());
    return new SteppedRun(units.results(), cycle, causes, units.done(), all);
  }

  private boolean canStart(Bus bus, int tile, long cycle) {
    return tile < tiles.size()
        && bus.hasOperands(tile, cycle)
        && bus.waiting(tile) < memory.buffers();
  }

  private Cause waitsFor(Bus bus, int tile, long cycle) {
    return tile < tiles.size() && !bus.hasOperands(tile, cycle) ? Cause.OPERANDS : Cause.STORES;
  }

  private TileRun start(int index) {
    Tile tile = tiles.get(index);
    ArrayStep array =
        machine.dataflow() == Dataflow.OUTPUT_STATIONARY
            ? new OutputStationaryArray(machine, tile, units)
            : new MovingSumsArray(machine, times.rowStep(), tile, units);
    return new TileRun(machine, shape, memory, times, tile, array);
  }
}
