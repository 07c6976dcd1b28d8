package macroscope.machine.stepped;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that takes time on a resource.
 *
 * @param resource what is occupied: {@code array}, {@code bus}
 * @param name what it does
 * @param start first cycle
 * @param duration cycles, at least 1
 */
public record TraceEvent(String resource, String name, long start, long duration) {

  /** Events of both resources in the order of their start. */
  static List<TraceEvent> ordered(List<TraceEvent> array, List<TraceEvent> bus) {
    return Stream.concat(array.stream(), bus.stream())
        .sorted(Comparator.comparingLong(TraceEvent::start))
        .toList();
  }
}
