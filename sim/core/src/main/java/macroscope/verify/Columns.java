package macroscope.verify;

import java.util.List;
import java.util.Set;

/**
 * The header of a kind of file.
 *
 * @param required columns that must be there, in any order
 * @param informative columns that may be there and are not compared
 * @param open whether any other column may be there too
 */
record Columns(List<String> required, Set<String> informative, boolean open) {

  Columns {
    required = List.copyOf(required);
    informative = Set.copyOf(informative);
  }

  /** Exactly these columns. */
  static Columns of(String... required) {
    return new Columns(List.of(required), Set.of(), false);
  }

  /** These columns and, if the file has them, the given others. */
  Columns with(String... others) {
    return new Columns(required, Set.of(others), open);
  }

  /** These columns and any others. */
  Columns andAnyOther() {
    return new Columns(required, informative, true);
  }

  /** Whether a file with this header is of the kind. */
  boolean match(List<String> header) {
    return header.containsAll(required)
        && (open || header.stream().allMatch(c -> required.contains(c) || informative.contains(c)));
  }
}
