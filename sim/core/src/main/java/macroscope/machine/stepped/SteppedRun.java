package macroscope.machine.stepped;

import java.util.List;
import macroscope.unit.Accumulators;

/**
 * A product that was stepped through.
 *
 * @param results the product, bit for bit what the unit makes of it
 * @param causes every cycle from the first command to the last result in external memory, by cause
 * @param passes passes that units did
 * @param trace tiles, transfers and waits in the order of their start
 */
public record SteppedRun(
    Accumulators results, CycleCauses causes, long passes, List<TraceEvent> trace) {

  public SteppedRun {
    trace = List.copyOf(trace);
  }

  /** All cycles. */
  public long cycles() {
    return causes.total();
  }
}
