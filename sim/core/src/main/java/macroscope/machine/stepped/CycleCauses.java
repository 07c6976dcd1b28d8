package macroscope.machine.stepped;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The cycles of a run by what happened in them; each cycle is counted once.
 *
 * @param cycles of each cause that occurred
 */
public record CycleCauses(Map<Cause, Long> cycles) {

  public CycleCauses {
    Map<Cause, Long> copy = new EnumMap<>(Cause.class);
    cycles.forEach(
        (cause, count) -> {
          if (count > 0) {
            copy.put(cause, count);
          }
        });
    cycles = Collections.unmodifiableMap(copy);
  }

  /** Cycles of a cause. */
  public long of(Cause cause) {
    return cycles.getOrDefault(cause, 0L);
  }

  /** All cycles. */
  public long total() {
    return cycles.values().stream().mapToLong(Long::longValue).sum();
  }
}
