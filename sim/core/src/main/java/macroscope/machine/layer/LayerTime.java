package macroscope.machine.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The predicted time of one product or of a pass over activations.
 *
 * @param seconds of all its matrices
 * @param bound what most of it is spent on
 * @param mapping how it is cut; empty for machines without a choice
 * @param parts the seconds by cause; their sum is {@code seconds}
 * @param externalBytes from and to external memory; empty where the machine's model has none
 */
public record LayerTime(
    double seconds,
    String bound,
    String mapping,
    Map<String, Double> parts,
    Optional<Double> externalBytes) {

  public LayerTime {
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("seconds must be finite and above 0: " + seconds);
    }
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** All of it spent on one thing. */
  public static LayerTime of(
      double seconds, String bound, String mapping, Optional<Double> externalBytes) {
    return new LayerTime(seconds, bound, mapping, Map.of(bound, seconds), externalBytes);
  }

  /**
   * What streams from external memory while something else goes on: the slower decides.
   *
   * @param working seconds of what else goes on
   * @param cause its name
   * @param streaming seconds of external memory
   * @param bytes from and to it
   */
  public static LayerTime overlapped(
      double working, String cause, double streaming, double bytes, String mapping) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put(cause, working);
    if (streaming > working) {
      parts.put("wait for " + MEMORY, streaming - working);
    }
    String bound = streaming > working ? MEMORY : cause;
    double seconds = Math.max(working, streaming);
    return new LayerTime(seconds, bound, mapping, parts, Optional.of(bytes));
  }

  /** How a bound by external memory is called. */
  public static final String MEMORY = "memory";
}
