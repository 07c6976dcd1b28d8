package macroscope.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.UnknownFormatException;

/**
 * What follows the format in the name of a scheme: at most one of each kind.
 *
 * @param extent elements that share a scale
 * @param rule how the scale is found
 * @param scale how it is stored
 * @param sorted whether columns are rearranged
 * @param range which codes of an integer are used, if not the symmetric ones
 */
record SchemeOptions(
    Optional<Extent> extent,
    Optional<ScaleRule> rule,
    Optional<NumberFormat> scale,
    boolean sorted,
    Optional<Range> range) {

  /** Codes of an integer. */
  enum Range {
    /** All, under a scale by absmax. */
    FULL,
    /** All, with a zero point in as many bits as an element. */
    ASYMMETRIC
  }

  static final SchemeOptions NONE =
      new SchemeOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

  /** Rules by the name that a scheme has for them. */
  static final Map<String, ScaleRule> RULES = rules();

  private static Map<String, ScaleRule> rules() {
    Map<String, ScaleRule> rules = new LinkedHashMap<>();
    rules.put("absmax", ScaleRule.ABSMAX);
    rules.put("absmean", ScaleRule.ABSMEAN);
    rules.put("rms", ScaleRule.ROOT_MEAN_SQUARE);
    rules.put("floor", ScaleRule.POWER_OF_TWO_FLOOR);
    rules.put("ceil", ScaleRule.POWER_OF_TWO_CEIL);
    rules.put("nearest", ScaleRule.POWER_OF_TWO_NEAREST);
    rules.put("even", ScaleRule.POWER_OF_TWO_EVEN);
    rules.put("m2", ScaleRule.POWER_OF_TWO_OF_LARGEST);
    rules.put("search", ScaleRule.SEARCH);
    return rules;
  }

  private static final Map<String, Range> RANGES =
      Map.of("full", Range.FULL, "asym", Range.ASYMMETRIC);

  /**
   * With one more part of a scheme; empty if the part is no option, or a second one of its kind.
   *
   * @param formats what scale formats are looked up in
   */
  Optional<SchemeOptions> and(String part, FormatCatalogue formats) {
    Optional<Extent> size = extent(part);
    if (size.isPresent()) {
      return unless(extent.isPresent(), new SchemeOptions(size, rule, scale, sorted, range));
    }
    if (RULES.containsKey(part)) {
      Optional<ScaleRule> named = Optional.of(RULES.get(part));
      return unless(rule.isPresent(), new SchemeOptions(extent, named, scale, sorted, range));
    }
    if (part.equals("sorted")) {
      return unless(sorted, new SchemeOptions(extent, rule, scale, true, range));
    }
    if (RANGES.containsKey(part)) {
      Optional<Range> named = Optional.of(RANGES.get(part));
      return unless(range.isPresent(), new SchemeOptions(extent, rule, scale, sorted, named));
    }
    return scale.isPresent()
        ? Optional.empty()
        : storedScale(part, formats)
            .map(s -> new SchemeOptions(extent, rule, Optional.of(s), sorted, range));
  }

  private static Optional<SchemeOptions> unless(boolean taken, SchemeOptions more) {
    return taken ? Optional.empty() : Optional.of(more);
  }

  /** A float format of at most 32 bits. */
  private static Optional<NumberFormat> storedScale(String part, FormatCatalogue formats) {
    try {
      return Optional.of(formats.scalar(part))
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
