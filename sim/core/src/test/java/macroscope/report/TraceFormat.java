package macroscope.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the Trace Event Format (Google, "Trace Event Format", JSON object format) that Perfetto's
 * importer holds a file to: {@code docs/getting-started/other-formats.md} of google/perfetto says that
 * it wants slices of a thread to nest.
 */
public final class TraceFormat {

  private final Map<String, Deque<Double>> open = new HashMap<>();
  private final Map<String, Double> last = new HashMap<>();
  private final Set<String> named = new HashSet<>();

  private TraceFormat() {}

  /**
   * Checks a file's text.
   *
   * @return its complete events
   * @throws IllegalArgumentException naming the event and the rule that it breaks
   */
  public static int check(String json) {
    TraceFormat format = new TraceFormat();
    int slices = 0;
    for (JsonNode event : root(json)) {
      require(event.path("name").isTextual(), "name must be a string", event);
      require(event.path("pid").isInt() && event.path("tid").isInt(), "pid, tid", event);
      switch (event.path("ph").asText()) {
        case "M" -> format.metadata(event);
        case "C" -> format.counter(event);
        case "X" -> {
          format.slice(event);
          slices++;
        }
        default -> throw new IllegalArgumentException("unknown phase: " + event);
      }
    }
    return slices;
  }

  private static JsonNode root(String json) {
    try {
      JsonNode root =
          new ObjectMapper()
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
              .readTree(json);
      require(root.path("traceEvents").isArray(), "traceEvents must be an array", root);
      String unit = root.path("displayTimeUnit").asText("ms");
      require(Set.of("ns", "ms").contains(unit), "displayTimeUnit must be ns or ms", root);
      return root.get("traceEvents");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static String track(JsonNode event) {
    return event.get("pid").asInt() + "/" + event.get("tid").asInt();
  }

  private void metadata(JsonNode event) {
    String name = event.get("name").asText();
    require(Set.of("process_name", "thread_name").contains(name), "metadata's name", event);
    require(event.at("/args/name").isTextual(), "metadata must have args.name", event);
    if (name.equals("thread_name")) {
      require(named.add(track(event)), "a thread must be named once", event);
    }
  }

  private void counter(JsonNode event) {
    require(event.path("ts").isNumber(), "a counter must have ts", event);
    require(!event.path("args").isEmpty(), "a counter must have values", event);
    event.get("args").forEach(value -> require(value.isNumber(), "a counter's values", event));
  }

  private void slice(JsonNode event) {
    require(event.path("ts").isNumber() && event.path("dur").isNumber(), "ts, dur", event);
    double start = event.get("ts").asDouble();
    double end = start + event.get("dur").asDouble();
    require(start >= 0 && end >= start, "ts and dur must be at least 0", event);
    require(named.contains(track(event)), "a thread must have a name", event);
    Double before = last.put(track(event), start);
    require(before == null || before <= start, "ts must not go back in a thread", event);
    nest(track(event), start, end, event);
    double cut = Math.floor(start * 1e3);
    nest("ns " + track(event), cut, cut + Math.floor(event.get("dur").asDouble() * 1e3), event);
  }

  /** In binary64, as Chrome's DevTools compare, and cut to nanoseconds, as Perfetto does. */
  private void nest(String track, double start, double end, JsonNode event) {
    Deque<Double> ends = open.computeIfAbsent(track, key -> new ArrayDeque<>());
    while (!ends.isEmpty() && ends.element() <= start) {
      ends.pop();
    }
    require(ends.isEmpty() || end <= ends.element(), "slices of a thread must nest", event);
    ends.push(end);
  }

  private static void require(boolean holds, String rule, JsonNode event) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + event);
    }
  }
}
