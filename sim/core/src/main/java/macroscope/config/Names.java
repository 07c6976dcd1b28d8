package macroscope.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names as files write them, and the nearest one to a misspelt one. */
public final class Names {

  /** Edits that a misspelling may be away from what was meant. */
  private static final int MOST_EDITS = 3;

  /** Names of which all are listed. */
  private static final int MOST_LISTED = 16;

  /** Names that are listed of more. */
  private static final int NEAREST = 5;

  private Names() {}

  /**
   * The name of a run, which names its folder.
   *
   * @throws macroscope.input.InputException if it could not
   */
  static String folderName(Located<String> name) {
    if (!name.value().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw name.place().refuse("must be letters, digits, '.', '_' and '-': " + name.value());
    }
    return name.value();
  }

  /** {@code keptFractionBits} as {@code kept_fraction_bits}. */
  public static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /**
   * {@code "; did you mean X?"} for the nearest of {@code known} if one is near, {@code "; known are
   * ..."} if they are few, else {@code "; nearest are ..."}: names that share a beginning first, then
   * those that fewest edits away.
   */
  public static String hint(String unknown, Collection<String> known) {
    return meant(unknown, known).orElseGet(() -> choices(unknown, known));
  }

  /** {@code "; did you mean X?"} for the nearest of {@code known}, if one is near. */
  static Optional<String> meant(String unknown, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(unknown, k) <= Math.min(MOST_EDITS, (k.length() + 1) / 2))
        .min(Comparator.<String>comparingInt(k -> distance(unknown, k)).thenComparing(k -> k))
        .map(k -> "; did you mean " + k + "?");
  }

  private static String choices(String unknown, Collection<String> known) {
    if (known.size() <= MOST_LISTED) {
      return "; known are " + String.join(", ", known);
    }
    List<String> nearest =
        known.stream()
            .sorted(
                Comparator.<String>comparingInt(k -> -sharedBeginning(unknown, k))
                    .thenComparingInt(k -> distance(unknown, k))
                    .thenComparing(k -> k))
            .limit(NEAREST)
            .toList();
    return "; nearest are " + String.join(", ", nearest);
  }

  private static int sharedBeginning(String a, String b) {
    int shared = 0;
    while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  /** Levenshtein distance: insertions, deletions and substitutions that make {@code b} of {@code a}. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
