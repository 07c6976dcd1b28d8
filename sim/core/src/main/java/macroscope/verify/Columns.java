package macroscope.verify;

import java.util.List;
import java.util.Set;

/**
 * The header of a kind of file.
 *
 * @param required columns that must be there, in any order
 * @param informative columns that may be there and are not compared
 * @param open whether any other column may be there too
 * @param lastIsText whether the last column is free text, to which further commas of a line belong
 */
record Columns(List<String> required, Set<String> informative, boolean open, boolean lastIsText) {

  Columns {
    required = List.copyOf(required);
    informative = Set.copyOf(informative);
  }

  /** Exactly these columns. */
  static Columns of(String... required) {
    return new Columns(List.of(required), Set.of(), false, false);
  }

  /** These columns and, if the file has them, the given others. */
  Columns with(String... others) {
    return new Columns(required, Set.of(others), open, lastIsText);
  }

  /** These columns and any others. */
  Columns andAnyOther() {
    return new Columns(required, informative, true, lastIsText);
  }

  /** These columns, the last of which is free text. */
  Columns endingInText() {
    return new Columns(required, informative, open, true);
  }

  /** Whether a file with this header is of the kind. */
  boolean match(List<String> header) {
    return header.containsAll(required)
        && (open || header.stream().allMatch(c -> required.contains(c) || informative.contains(c)));
  }
}
