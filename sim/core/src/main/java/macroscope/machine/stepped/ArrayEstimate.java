package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.Machine;
import macroscope.machine.Performance;
import macroscope.machine.StorageBits;
import macroscope.machine.SystolicCycles;
import macroscope.machine.Traffic;
import macroscope.machine.UnitShape;
import macroscope.workload.Gemm;

/**
 * What a product takes on an array of units, in closed form.
 *
 * @param performance cycles, passes and elements moved
 * @param causes the cycles by cause; their sum is that of the performance
 * @param entries passes that enter the array, each of which all its units could join
 * @param tiles tiles that follow each other
 * @param trace tiles, transfers and waits in the order of their start; without memory empty if there are more
 *     than {@link #MOST_TRACED} tiles
 */
public record ArrayEstimate(
    Performance performance, CycleCauses causes, long entries, long tiles, List<TraceEvent> trace) {

  /** Tiles of an array without memory that a trace has at most. */
  public static final int MOST_TRACED = 1 << 15;

  public ArrayEstimate {
    trace = List.copyOf(trace);
  }

  /** An array whose memories keep up. */
  public static ArrayEstimate withoutMemory(
      Machine machine, UnitShape unit, StorageBits bits, Gemm gemm) {
    SystolicCycles cycles = new SystolicCycles(machine, unit);
    long tiles = cycles.tiles(gemm);
    long streamed = Tiling.Extent.of(machine, unit, gemm).streamed();
    long entries = tiles * streamed;
    Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    causes.put(Cause.COMPUTE, entries);
    causes.put(Cause.INTERVAL, tiles * (streamed - 1) * (unit.pipeline().initiationInterval() - 1));
    causes.put(Cause.FILL, tiles * loading(machine, unit));
    long others = causes.values().stream().mapToLong(Long::longValue).sum();
    causes.put(Cause.DRAIN, cycles.cycles(gemm) - others);
    Traffic traffic = Traffic.of(machine, unit, bits, gemm);
    Performance.Step step =
        new Performance.Step(gemm, bits, cycles.cycles(gemm), cycles.passes(gemm), traffic);
    Performance performance = new Performance(machine, unit, List.of(step));
    List<TraceEvent> trace =
        tiles > MOST_TRACED ? List.of() : trace(tiles, cycles.cycles(gemm) / tiles, causes);
    return new ArrayEstimate(performance, new CycleCauses(causes), entries, tiles, trace);
  }

  /** Equal tiles one after the other: what stays is shifted in, passes enter, the last one leaves. */
  private static List<TraceEvent> trace(long tiles, long each, Map<Cause, Long> causes) {
    long fill = causes.getOrDefault(Cause.FILL, 0L) / tiles;
    long enter =
        (causes.getOrDefault(Cause.COMPUTE, 0L) + causes.getOrDefault(Cause.INTERVAL, 0L)) / tiles;
    List<TraceEvent> events = new ArrayList<>();
    for (long tile = 0; tile < tiles; tile++) {
      long start = tile * each;
      phase(events, "fill of tile " + tile, start, fill);
      phase(events, "tile " + tile, start + fill, enter);
      phase(events, "drain of tile " + tile, start + fill + enter, each - fill - enter);
    }
    return events;
  }

  private static void phase(List<TraceEvent> events, String name, long start, long duration) {
    if (duration > 0) {
      events.add(new TraceEvent("array", name, start, duration));
    }
  }

  private static long loading(Machine machine, UnitShape unit) {
    return switch (machine.dataflow()) {
      case OUTPUT_STATIONARY -> 0;
      case WEIGHT_STATIONARY, INPUT_STATIONARY -> machine.rows();
      case TABLE_STATIONARY -> machine.rows() + (long) unit.tableEntries();
    };
  }

  /**
   * An array with memory.
   *
   * @throws IllegalArgumentException as {@link TileSchedule}
   */
  public static ArrayEstimate of(
      Machine machine,
      UnitShape unit,
      MemorySystem memory,
      StorageBits bits,
      Gemm gemm,
      Tiling tiling) {
    TileSchedule schedule = new TileSchedule(machine, unit, memory, bits, gemm, tiling);
    Performance.Step step =
        new Performance.Step(
            gemm,
            bits,
            schedule.cycles(),
            new SystolicCycles(machine, unit).passes(gemm),
            schedule.traffic());
    Performance performance = new Performance(machine, unit, List.of(step));
    return new ArrayEstimate(
        performance, schedule.causes(), schedule.entries(), schedule.tiles(), schedule.trace());
  }

  /** The product and what it moves. */
  public Performance.Step step() {
    return performance.steps().get(0);
  }

  /** Units times cycles in which they start a pass. */
  public long busyUnitCycles() {
    return step().passes();
  }

  /** Units times cycles in which a pass enters and they lie beyond the edges of its tile. */
  public long edgeUnitCycles() {
    return entries * performance.machine().units() - busyUnitCycles();
  }

  /** Bytes that units read from registers: both operands of a pass, and a sum that they take and leave. */
  public double registerBytes() {
    StorageBits bits = step().bits();
    double operands = performance.unit().length() * (bits.a() + bits.b());
    return step().passes() * (operands + 2 * bits.output()) / Byte.SIZE;
  }

  /** The cause with most cycles. */
  public Cause bound() {
    return causes.cycles().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }
}
