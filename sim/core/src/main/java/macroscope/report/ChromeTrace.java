package macroscope.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events in the Chrome trace-event format, which Perfetto and chrome://tracing open: complete events
 * ({@code ph: X}) in the order of their start, one thread a lane, times in microseconds. Starts and ends
 * are rounded to 1/1024 of one, so that the sum of a start and a duration is exact: viewers want the slices
 * of a thread to nest, and compare such sums (Chrome's DevTools in binary64, Perfetto cut to nanoseconds).
 */
public final class ChromeTrace {

  /** Of a microsecond; a power of two. */
  private static final double TICKS = 1024;

  private ChromeTrace() {}

  /**
   * Something that takes time.
   *
   * @param lane on what
   * @param name what
   * @param microseconds its start
   * @param duration microseconds
   * @param details more to say of it
   */
  public record Event(
      String lane, String name, double microseconds, double duration, Map<String, String> details) {
    public Event {
      details = Map.copyOf(details);
    }
  }

  /** The JSON text; {@code process} names the machine. */
  public static String json(String process, List<Event> events) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("displayTimeUnit", "ns");
    ArrayNode all = root.putArray("traceEvents");
    metadata(all, "process_name", 0, process);
    Map<String, Integer> lanes = new LinkedHashMap<>();
    List<Event> ordered =
        events.stream().sorted(Comparator.comparingDouble(Event::microseconds)).toList();
    ordered.forEach(event -> lanes.putIfAbsent(event.lane(), lanes.size()));
    lanes.forEach((lane, thread) -> metadata(all, "thread_name", thread, lane));
    Map<String, Long> free = new HashMap<>();
    for (Event event : ordered) {
      long start = ticks(event.microseconds());
      long before = free.getOrDefault(event.lane(), 0L);
      start = before == start + 1 ? before : start;
      long end = Math.max(start, ticks(event.microseconds() + event.duration()));
      free.put(event.lane(), end);
      complete(all, event, lanes.getOrDefault(event.lane(), 0), start, end);
    }
    return root + "\n";
  }

  private static void metadata(ArrayNode all, String what, int thread, String name) {
    ObjectNode node = all.addObject();
    node.put("name", what).put("ph", "M").put("pid", 0).put("tid", thread);
    node.putObject("args").put("name", name);
  }

  private static long ticks(double microseconds) {
    return Math.round(microseconds * TICKS);
  }

  private static void complete(ArrayNode all, Event event, int thread, long start, long end) {
    ObjectNode node = all.addObject();
    node.put("name", event.name()).put("ph", "X").put("pid", 0).put("tid", thread);
    node.put("ts", start / TICKS).put("dur", (end - start) / TICKS);
    ObjectNode details = node.putObject("args");
    event.details().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> details.put(e.getKey(), e.getValue()));
  }
}
