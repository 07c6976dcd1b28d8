package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.List;
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
  private final ArrayStep array;

  /**
   * @param shape the unit as the schedule sees it: its own length and pipeline, its table's entries
   * @param tiling largest sizes of a tile
   * @param bits that memories hold for an element
   * @param a M x K, without scales
   * @param b N x K, without scales
   * @throws IllegalArgumentException if sums of several tiles do not fit the output SRAM
   */
  public SteppedMachine(
      Machine machine,
      UnitShape shape,
      MemorySystem memory,
      Tiling tiling,
      StorageBits bits,
      DotProductUnit<P> unit,
      EncodedMatrix a,
      EncodedMatrix b) {
    if (shape.length() != unit.length()) {
      throw new IllegalArgumentException(
          "unit length must be " + unit.length() + ": " + shape.length());
    }
    Gemm gemm = new Gemm(a.rows(), b.rows(), a.columns());
    this.machine = machine;
    this.shape = shape;
    this.memory = memory;
    this.times = new TileTimes(machine, shape, memory, bits);
    this.tiles = new TileProgram(machine, shape, bits, gemm, tiling).tiles();
    this.units = new UnitPasses<>(unit, a, b);
    this.array =
        machine.dataflow() == Dataflow.OUTPUT_STATIONARY
            ? new OutputStationaryArray(machine, units)
            : new MovingSumsArray(machine, times.rowStep(), units);
  }

  /** Steps until the last result is in external memory; to be called once. */
  public SteppedRun run() {
    CycleLog log = new CycleLog();
    List<TraceEvent> trace = new ArrayList<>();
    Controller controller =
        new Controller(memory.commands(), Command.program(tiles, memory.buffers()), tiles.size());
    Bus bus = new Bus(memory, tiles);
    Optional<TileRun> running = Optional.empty();
    int done = 0;
    long started = 0;
    long cycle = 0;
    while (done < tiles.size() || bus.waiting(tiles.size()) > 0) {
      int doneBefore = done;
      controller.deliver();
      if (running.isEmpty() && canStart(controller, bus, done, cycle)) {
        controller.array().remove();
        Tile tile = tiles.get(done);
        running = Optional.of(new TileRun(machine, shape, memory, times, tile, array));
        started = cycle;
      }
      if (running.isPresent()) {
        log.running(running.get().step(), cycle);
      } else {
        log.waiting(waitsFor(controller, bus, done, cycle), cycle);
      }
      bus.step(controller.bus(), cycle, doneBefore);
      controller.step();
      cycle++;
      if (running.isPresent() && running.get().done()) {
        trace.add(new TraceEvent("array", "tile " + done, started, cycle - started));
        running = Optional.empty();
        done++;
      }
    }
    trace.addAll(bus.trace());
    trace.addAll(log.waits(cycle));
    return new SteppedRun(units.results(), log.causes(), units.done(), TraceEvent.ordered(trace));
  }

  private boolean canStart(Controller controller, Bus bus, int tile, long cycle) {
    return tile < tiles.size()
        && !controller.array().isEmpty()
        && bus.hasOperands(tile, cycle)
        && bus.waiting(tile) < memory.buffers();
  }

  private Cause waitsFor(Controller controller, Bus bus, int tile, long cycle) {
    if (tile == tiles.size()) {
      return controller.finished() ? Cause.STORES : Cause.COMMANDS;
    }
    if (tiles.get(tile).loadBits() > 0 && !controller.hasIssuedLoad(tile)) {
      return Cause.COMMANDS;
    }
    if (!bus.hasTransferred(tile, cycle)) {
      return Cause.BUS;
    }
    if (!bus.hasOperands(tile, cycle)) {
      return Cause.LATENCY;
    }
    return bus.waiting(tile) < memory.buffers() ? Cause.COMMANDS : Cause.STORES;
  }
}
