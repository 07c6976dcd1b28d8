package macroscope.report;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Map;

/** Whole numbers, some of which have a word in their place; numbers beyond the first word have none. */
final class TickWords extends NumberFormat {
  private static final long serialVersionUID = 1L;

  private final transient Map<Double, String> words;

  TickWords(Map<Double, String> words) {
    this.words = words;
  }

  @Override
  public StringBuffer format(double number, StringBuffer text, FieldPosition position) {
    boolean beyond = words.keySet().stream().anyMatch(word -> number > word - 2);
    return text.append(words.getOrDefault(number, beyond ? "" : Long.toString(Math.round(number))));
  }

  @Override
  public StringBuffer format(long number, StringBuffer text, FieldPosition position) {
    return format((double) number, text, position);
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException("labels are only written");
  }
}
