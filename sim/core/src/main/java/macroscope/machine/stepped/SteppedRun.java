package macroscope.machine.stepped;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import macroscope.unit.Accumulators;

/**
 * A product that was stepped through.
 *
 * @param results the product, bit for bit what the unit makes of it
 * @param cycles from the first load to the last result in external memory
 * @param causes what the array did in each of them
 * @param passes passes that units did
 * @param trace tiles and transfers in the order of their start
 */
public record SteppedRun(
    Accumulators results,
    long cycles,
    Map<Cause, Long> causes,
    long passes,
    List<TraceEvent> trace) {

  public SteppedRun {
    causes = Collections.unmodifiableMap(new EnumMap<>(causes));
    trace = List.copyOf(trace);
  }

  /** Cycles of a cause. */
  public long cycles(Cause cause) {
    return causes.getOrDefault(cause, 0L);
  }
}
