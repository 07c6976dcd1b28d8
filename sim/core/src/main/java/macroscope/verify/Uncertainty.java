package macroscope.verify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How exactly a measurement is known, as its row says.
 *
 * @param least smallest ratio of a prediction to it that agrees
 * @param most largest
 */
public record Uncertainty(double least, double most) {

  private static final Pattern FACTOR = Pattern.compile("x([0-9.]{1,9})");
  private static final Pattern PERCENT = Pattern.compile("([0-9.]{1,9}) ?%");

  /** {@code x2} is a factor of 2, {@code 20%} a part; empty for other words. */
  static Optional<Uncertainty> parse(String text) {
    return value(FACTOR, text)
        .filter(factor -> factor >= 1)
        .map(factor -> new Uncertainty(1 / factor, factor))
        .or(
            () ->
                value(PERCENT, text).map(part -> new Uncertainty(1 - part / 100, 1 + part / 100)));
  }

  private static Optional<Double> value(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    try {
      return matcher.matches()
          ? Optional.of(Double.parseDouble(matcher.group(1)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether a prediction agrees with a measurement. */
  boolean holds(double predicted, double measured) {
    return predicted >= least * measured && predicted <= most * measured;
  }
}
