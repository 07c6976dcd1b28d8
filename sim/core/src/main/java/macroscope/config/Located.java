package macroscope.config;

/**
 * A value and where it was written.
 *
 * @param <T> type of the value
 */
public record Located<T>(T value, Place place) {}
