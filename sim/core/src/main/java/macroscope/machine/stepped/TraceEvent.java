package macroscope.machine.stepped;

/**
 * Something that takes time on a resource.
 *
 * @param resource what is occupied: {@code array}, {@code bus}
 * @param name what it does
 * @param start first cycle
 * @param duration cycles, at least 1
 */
public record TraceEvent(String resource, String name, long start, long duration) {}
