package macroscope.machine.stepped;

import java.util.Comparator;
import java.util.List;

/**
 * Something that takes time on a resource.
 *
 * @param resource what is occupied: {@code array}, {@code bus}; {@code wait} while the array has no tile
 * @param name what it does
 * @param start first cycle
 * @param duration cycles, at least 1
 */
public record TraceEvent(String resource, String name, long start, long duration) {

  /** Events in the order of their start, those of a cycle by resource. */
  static List<TraceEvent> ordered(List<TraceEvent> events) {
    return events.stream()
        .sorted(Comparator.comparingLong(TraceEvent::start).thenComparing(TraceEvent::resource))
        .toList();
  }
}
