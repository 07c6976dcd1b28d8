package macroscope.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that one dimension of a design space takes: in YAML one value or a list of them, at
 * least one, none twice.
 *
 * @param <T> type of a value, with an {@code equals} that tells duplicates
 */
public record Axis<T>(List<Located<T>> values) {

  public Axis {
    values = List.copyOf(values);
    Set<T> seen = new HashSet<>();
    for (Located<T> value : values) {
      if (!seen.add(value.value())) {
        throw value.place().refuse("value is given twice: " + value.value());
      }
    }
  }

  /** An axis with one value. */
  public static <T> Axis<T> of(T value, Place place) {
    return new Axis<>(List.of(new Located<>(value, place)));
  }
}
