package macroscope.verify;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import macroscope.input.InputException;

/**
 * One row of a vector file, whose fields are read by column name. Every reader here refuses a field
 * that is not what it asks for with an {@link InputException} that names file, line and column.
 *
 * @param file the file as the user named it
 * @param line number of the row's line in the file, the header being line 1
 * @param index place of each column in {@code fields}
 * @param fields the fields as they stand in the file
 */
record VectorRow(String file, long line, Map<String, Integer> index, List<String> fields) {

  /** What tells this row from the others: its field {@code id}, else its line. */
  String id() {
    return has("id") ? text("id") : "line " + line;
  }

  /** Whether the file has this column. */
  boolean has(String column) {
    return index.containsKey(column);
  }

  /** The field as it stands. */
  String text(String column) {
    Integer place = index.get(column);
    if (place == null) {
      throw new IllegalArgumentException("the header has no column " + column);
    }
    return fields.get(place);
  }

  /** The field if it is one of the keys of {@code meanings}, as what it means. */
  <T> T choice(String column, Map<String, T> meanings) {
    oneOf(column, meanings.keySet());
    return Objects.requireNonNull(meanings.get(text(column)));
  }

  /** Refuses the field if it is not one of {@code allowed}. */
  void oneOf(String column, Set<String> allowed) {
    if (!allowed.contains(text(column))) {
      throw wrong(
          column,
          "must be one of " + allowed.stream().sorted().toList() + ": " + shown(text(column)));
    }
  }

  /** A decimal integer from {@code least} to {@code greatest}. */
  int integer(String column, int least, int greatest) {
    return parseInteger(column, text(column), least, greatest);
  }

  /** A decimal integer of at least 1. */
  long natural(String column) {
    long value;
    try {
      value = Long.parseLong(text(column));
    } catch (NumberFormatException e) {
      throw wrong(column, "must be an integer: " + shown(text(column)));
    }
    if (value < 1) {
      throw wrong(column, "must be at least 1: " + value);
    }
    return value;
  }

  /** A finite decimal number. */
  double number(String column) {
    double value;
    try {
      value = Double.parseDouble(text(column));
    } catch (NumberFormatException e) {
      throw wrong(column, "must be a number: " + shown(text(column)));
    }
    if (!Double.isFinite(value)) {
      throw wrong(column, "must be a finite number: " + shown(text(column)));
    }
    return value;
  }

  /** Hexadecimal digits, no more than {@code bits} wide. */
  long code(String column, int bits) {
    return parseCode(column, text(column), bits);
  }

  /** Exactly {@code digits} hexadecimal digits, 1..16. */
  long word(String column, int digits) {
    requireDigits(column, text(column), digits);
    return parseCode(column, text(column), 4 * digits);
  }

  /** {@code count} words of exactly {@code digits} hexadecimal digits, joined by {@code _} or run together. */
  long[] words(String column, int digits, int count) {
    String[] words = split(column, digits, count);
    long[] codes = new long[count];
    for (int i = 0; i < count; i++) {
      requireDigits(column, words[i], digits);
      codes[i] = parseCode(column, words[i], 4 * digits);
    }
    return codes;
  }

  /** How many words of {@code digits} digits the field holds, joined by {@code _} or run together. */
  int count(String column, int digits) {
    String text = text(column);
    if (text.indexOf('_') >= 0) {
      return parts(text).length;
    }
    if (text.isEmpty() || text.length() % digits != 0) {
      throw wrong(column, "must hold words of " + digits + " hexadecimal digits: " + shown(text));
    }
    return text.length() / digits;
  }

  /** Digits of one word of a field that holds {@code count} words of one width. */
  int digits(String column, int count) {
    String text = text(column);
    boolean joined = text.indexOf('_') >= 0;
    if (joined) {
      requireCount(column, parts(text).length, count);
    }
    int digits = joined ? text.indexOf('_') : text.length() / count;
    if (digits < 1 || digits > 16) {
      throw wrong(column, "must hold " + count + " words of hexadecimal digits: " + shown(text));
    }
    return digits;
  }

  /**
   * {@code count} decimal integers from {@code least} to {@code greatest}, joined by {@code _} or by
   * blanks.
   */
  int[] integers(String column, int count, int least, int greatest) {
    String[] parts = parts(text(column));
    requireCount(column, parts.length, count);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = parseInteger(column, parts[i], least, greatest);
    }
    return values;
  }

  /** {@code count} binary32 numbers of eight digits each, widened. */
  double[] doubles(String column, int count) {
    long[] words = words(column, 8, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat((int) words[i]);
    }
    return values;
  }

  /** The mistake that a field of this row is. */
  InputException wrong(String column, String rule) {
    return new InputException(file + ", line " + line + ", column " + column, rule);
  }

  private static String[] parts(String text) {
    return text.split("[_ ]", -1);
  }

  private String[] split(String column, int digits, int count) {
    requireCount(column, count(column, digits), count);
    String text = text(column);
    if (text.indexOf('_') >= 0) {
      return parts(text);
    }
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      words[i] = text.substring(i * digits, (i + 1) * digits);
    }
    return words;
  }

  private void requireCount(String column, int actual, int expected) {
    if (actual != expected) {
      throw wrong(column, "must list " + expected + " values: " + actual);
    }
  }

  private void requireDigits(String column, String text, int digits) {
    if (text.length() != digits) {
      throw wrong(column, "must have " + digits + " hexadecimal digits: " + shown(text));
    }
  }

  private long parseCode(String column, String text, int bits) {
    if (text.isEmpty() || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
      throw wrong(column, "must be hexadecimal digits: " + shown(text));
    }
    if (text.length() > 16 || (bits < 64 && Long.parseUnsignedLong(text, 16) >>> bits != 0)) {
      throw wrong(column, "must fit in " + bits + " bits: " + shown(text));
    }
    return Long.parseUnsignedLong(text, 16);
  }

  private int parseInteger(String column, String text, int least, int greatest) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(column, "must be an integer: " + shown(text));
    }
    if (value < least || value > greatest) {
      throw wrong(column, "must be " + least + ".." + greatest + ": " + value);
    }
    return value;
  }

  /** The text in quotes, shortened, on one line. */
  static String shown(String text) {
    String start = text.length() > 100 ? text.substring(0, 100) + "..." : text;
    return "\"" + start.replace("\r", "\\r").replace("\n", "\\n") + "\"";
  }
}
