package macroscope.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.UnknownFormatException;

/**
 * What follows the format in the name of a scheme: at most one of each kind.
 *
 * @param extent elements that share a scale
 * @param rule how the scale is found
 * @param scale how it is stored
 * @param sorted whether columns are rearranged
 */
record SchemeOptions(
    Optional<Extent> extent,
    Optional<ScaleRule> rule,
    Optional<NumberFormat> scale,
    boolean sorted) {

  static final SchemeOptions NONE =
      new SchemeOptions(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** Rules by the name that a scheme has for them. */
  static final Map<String, ScaleRule> RULES = rules();

  private static Map<String, ScaleRule> rules() {
    Map<String, ScaleRule> rules = new LinkedHashMap<>();
    rules.put("absmax", ScaleRule.ABSMAX);
    rules.put("absmean", ScaleRule.ABSMEAN);
    rules.put("floor", ScaleRule.POWER_OF_TWO_FLOOR);
    rules.put("ceil", ScaleRule.POWER_OF_TWO_CEIL);
    rules.put("nearest", ScaleRule.POWER_OF_TWO_NEAREST);
    rules.put("even", ScaleRule.POWER_OF_TWO_EVEN);
    rules.put("search", ScaleRule.SEARCH);
    return rules;
  }

  /** With one more part of a scheme; empty if the part is no option, or a second one of its kind. */
  Optional<SchemeOptions> and(String part) {
    Optional<Extent> size = extent(part);
    if (size.isPresent()) {
      return extent.isPresent()
          ? Optional.empty()
          : Optional.of(new SchemeOptions(size, rule, scale, sorted));
    }
    ScaleRule named = RULES.get(part);
    if (named != null) {
      return rule.isPresent()
          ? Optional.empty()
          : Optional.of(new SchemeOptions(extent, Optional.of(named), scale, sorted));
    }
    if (part.equals("sorted")) {
      return sorted ? Optional.empty() : Optional.of(new SchemeOptions(extent, rule, scale, true));
    }
    return scale.isPresent()
        ? Optional.empty()
        : storedScale(part).map(s -> new SchemeOptions(extent, rule, Optional.of(s), sorted));
  }

  /** A float format of at most 32 bits. */
  private static Optional<NumberFormat> storedScale(String part) {
    try {
      return Optional.of(Formats.forUser(part))
          .filter(f -> f instanceof FloatFormat && f.bits() <= 32);
    } catch (UnknownFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The extent that a part names, if it does.
   *
   * @throws IllegalArgumentException if it does, but with a length out of range
   */
  static Optional<Extent> extent(String part) {
    if (part.equals("tensor")) {
      return Optional.of(new Extent.Tensor());
    }
    if (part.equals("channel") || part.equals("token")) {
      return Optional.of(new Extent.Row());
    }
    if (part.startsWith("group") || part.startsWith("block")) {
      return Optional.of(new Extent.Group(length(part.substring(0, 5), part.substring(5))));
    }
    if (part.startsWith("tile")) {
      String[] sides = part.substring(4).split("x", -1);
      return sides.length == 2
          ? Optional.of(new Extent.Tile(length("tile", sides[0]), length("tile", sides[1])))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static int length(String word, String digits) {
    if (!digits.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(word + " length must be 1..999999: " + digits);
    }
    return Integer.parseInt(digits);
  }
}
