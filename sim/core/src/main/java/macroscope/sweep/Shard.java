package macroscope.sweep;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of a sweep that run apart, on machines that know nothing of each other.
 *
 * @param number of the part, from 1
 * @param count of all parts
 */
public record Shard(int number, int count) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  public Shard {
    if (number < 1 || number > count) {
      throw new IllegalArgumentException(rule(number + "/" + count));
    }
  }

  /** Reads {@code 2/5}: the second of five. */
  public static Shard parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(rule(text));
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  private static String rule(String found) {
    return "a shard must be i/n with i in 1..n: " + found;
  }

  /** Whether the part has the measurement with an index, counted from 0: each n-th is its own. */
  boolean has(int index) {
    return index % count == number - 1;
  }

  @Override
  public String toString() {
    return number + "/" + count;
  }
}
