package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts cycles by cause and notes the waits, one event for as long as a cause lasts. */
final class CycleLog {

  private final Map<Cause, Long> cycles = new EnumMap<>(Cause.class);
  private final List<TraceEvent> waits = new ArrayList<>();
  private Cause waiting = Cause.COMPUTE;
  private long since;

  /** A cycle in which the array has a tile. */
  void running(Cause cause, long cycle) {
    closeWait(cycle);
    cycles.merge(cause, 1L, Long::sum);
  }

  /** A cycle in which it has none. */
  void waiting(Cause cause, long cycle) {
    if (cause != waiting) {
      closeWait(cycle);
      waiting = cause;
      since = cycle;
    }
    cycles.merge(cause, 1L, Long::sum);
  }

  private void closeWait(long cycle) {
    if (waiting != Cause.COMPUTE) {
      waits.add(new TraceEvent("wait", waiting.toString(), since, cycle - since));
      waiting = Cause.COMPUTE;
    }
  }

  CycleCauses causes() {
    return new CycleCauses(cycles);
  }

  /** All waits up to the end of the run. */
  List<TraceEvent> waits(long end) {
    closeWait(end);
    return waits;
  }
}
