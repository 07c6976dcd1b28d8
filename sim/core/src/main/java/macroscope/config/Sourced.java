package macroscope.config;

import java.util.Optional;
import macroscope.cost.Provenance;

/**
 * A number of a machine and where it is from.
 *
 * @param value the number, in the unit that its key names
 * @param source a key of the file's {@code sources}
 * @param provenance how far it can be trusted
 * @param how how a derived or fitted value came about
 * @param place where it stands
 */
public record Sourced(
    double value, String source, Provenance provenance, Optional<String> how, Place place) {

  /** The number, which must be whole and fit an {@code int}. */
  int whole() {
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw place.refuse("must be a whole number: " + value);
    }
    return (int) value;
  }
}
