package macroscope.tensor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/**
 * Tensor formats by the name of their scheme.
 *
 * <pre>
 * scheme      = element                                      no scales: a cast; floats only
 *             | element ":" granularity option*
 *             | block option*
 * element     = a scalar format, as {@link Formats#forUser} finds it; intN leaves the most negative
 *               code unused; ternary is {-1, 0, 1}
 * granularity = "tensor" | "channel" | "token" | "group" length | "tile" height "x" width
 * option      = ":" (rule | scale | "sorted"); of a block also ":block" length or a granularity
 * rule        = "absmax" | "absmean" | "floor" | "ceil" | "nearest" | "even" | "search"
 * scale       = a float format: how scales are stored
 * block       = "mxfp8_e4m3" | "mxfp8" (the same) | "mxfp8_e5m2" | "mxfp6_e2m3" | "mxfp6_e3m2"
 *             | "mxfp4_e2m1" | "mxfp4" (the same) | "mxint" bits | "nvfp4" | "nvint" bits
 *             | "mx9" | "mx6" | "mx4" | "bdr_m" mantissa "_k" k1 "_" k2 "_d" d
 *             | "msfp" bits | "bfp" mantissa | "hbfp" bits | "vsq" bits "_" scale bits
 *             | "olive4" | "bitmod_fp4" | "bitmod_fp3"
 * </pre>
 *
 * <p>channel and token both mean one scale a row: of a weight N x K, of an activation M x K. Scales
 * of a granularity are real numbers unless a scale format is named; the rules floor, ceil, nearest and
 * even make them powers of two stored as e8m0 (see {@link ScaleRule}). The rule is absmax unless said,
 * absmean for ternary. Another block length than the format's own (MX 32, nvfp4 16) is an experiment
 * that no hardware has to support. {@code sorted} rearranges columns (see {@link Coding.Rearranged}).
 */
public final class TensorFormats {

  private static final Map<String, String> ALIASES =
      Map.of("mxfp8", "mxfp8_e4m3", "mxfp4", "mxfp4_e2m1");

  private TensorFormats() {}

  /** Names of the block formats, without aliases. */
  public static List<String> blockNames() {
    return BlockFormats.LISTED.stream().map(BlockFormat::name).toList();
  }

  /**
   * The tensor format of a scheme, in any case; its name is the scheme in lower case.
   *
   * @throws IllegalArgumentException naming the part that is wrong and what it may be
   */
  public static TensorFormat parse(String scheme) {
    String name = scheme.trim().toLowerCase(Locale.ROOT);
    List<String> parts = List.of(name.split(":", -1));
    String first = ALIASES.getOrDefault(parts.get(0), parts.get(0));
    if (first.equals("mxfp6")) {
      throw wrong(scheme, "mxfp6 is ambiguous: one of mxfp6_e2m3, mxfp6_e3m2");
    }
    List<String> options = parts.subList(1, parts.size());
    Optional<BlockFormat> block = BlockFormats.find(first);
    if (block.isPresent()) {
      return block(name, block.get(), options);
    }
    return options.isEmpty()
        ? cast(name, element(scheme, first))
        : scaled(name, symmetric(name, element(name, first)), options);
  }

  /** Whether a name is a scheme: a block format, or a format with options. */
  public static boolean isScheme(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    return lower.contains(":")
        || lower.equals("mxfp6")
        || BlockFormats.find(ALIASES.getOrDefault(lower, lower)).isPresent();
  }

  private static TensorFormat block(String name, BlockFormat block, List<String> parts) {
    SchemeOptions options = SchemeOptions.NONE;
    for (String part : parts) {
      options = and(name, options, part, block.name() + " may be followed by " + allowed(block));
    }
    boolean fits =
        options
            .rule()
            .map(r -> r == ScaleRule.ABSMAX || r != ScaleRule.ABSMEAN && ruled(block, r))
            .orElse(true);
    boolean sorts = !options.sorted() || block.coding() instanceof Coding.Single;
    if (!fits || !sorts || (options.scale().isPresent() && block.powerOfTwo())) {
      throw wrong(
          name,
          block.name() + " may be followed by " + allowed(block) + ": " + String.join(":", parts));
    }
    return block.format(name, options);
  }

  private static boolean ruled(BlockFormat block, ScaleRule rule) {
    return rule == ScaleRule.SEARCH ? block.innermost() : block.powerOfTwo();
  }

  private static String allowed(BlockFormat block) {
    String rules =
        SchemeOptions.RULES.entrySet().stream()
            .filter(r -> r.getValue() != ScaleRule.ABSMEAN && r.getValue() != ScaleRule.ABSMAX)
            .filter(r -> ruled(block, r.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining("|"));
    return "[:block<N>|tile<R>x<C>]"
        + (rules.isEmpty() ? "" : "[:" + rules + "]")
        + (block.powerOfTwo() ? "" : "[:<scale format>]")
        + (block.coding() instanceof Coding.Single ? "[:sorted]" : "");
  }

  private static SchemeOptions and(
      String scheme, SchemeOptions options, String part, String expected) {
    Optional<SchemeOptions> more;
    try {
      more = options.and(part);
    } catch (IllegalArgumentException e) {
      throw wrong(scheme, String.valueOf(e.getMessage()));
    }
    return more.orElseThrow(() -> wrong(scheme, expected + ": " + part));
  }

  private static NumberFormat element(String scheme, String name) {
    try {
      return Formats.forUser(name);
    } catch (IllegalArgumentException e) {
      throw wrong(scheme, e.getMessage() + "; block formats: " + String.join(", ", blockNames()));
    }
  }

  private static TensorFormat cast(String name, NumberFormat element) {
    if (!(element instanceof FloatFormat) || !element.signed()) {
      throw wrong(name, "needs a granularity: " + name + ":channel, :token, :tensor or :group<N>");
    }
    return new TensorFormat(name, element, List.of());
  }

  private static TensorFormat scaled(String name, NumberFormat element, List<String> parts) {
    if (parts.get(0).startsWith("block") || extent(name, parts.get(0)).isEmpty()) {
      throw wrong(
          name,
          "granularity must be tensor, channel, token, group<N> or tile<R>x<C>: " + parts.get(0));
    }
    SchemeOptions options = SchemeOptions.NONE;
    for (String part : parts) {
      options = and(name, options, part, OPTIONS);
    }
    ScaleRule usual = element.name().equals("ternary") ? ScaleRule.ABSMEAN : ScaleRule.ABSMAX;
    ScaleRule rule = options.rule().orElse(usual);
    Optional<NumberFormat> stored =
        rule.powerOfTwo() ? options.scale().or(() -> Optional.of(Formats.E8M0)) : options.scale();
    ScaleLevel level = new ScaleLevel(options.extent().orElseThrow(), stored, rule);
    Coding coding = options.sorted() ? new Coding.Rearranged() : new Coding.Single();
    return new TensorFormat(name, element, List.of(level), coding);
  }

  private static NumberFormat symmetric(String scheme, NumberFormat element) {
    if (!element.signed()) {
      throw wrong(scheme, "the element format must be signed: " + element.name());
    }
    if (element instanceof IntegerFormat && element.bits() > 32) {
      throw wrong(scheme, "an integer element must have at most 32 bits: " + element.name());
    }
    if (element.bits() == 1) {
      throw wrong(scheme, "one bit has no symmetric range: " + element.name());
    }
    return element instanceof IntegerFormat integer && !integer.symmetric()
        ? new IntegerFormat(
            integer.name() + "sym", integer.bits(), true, true, integer.fractionBits())
        : element;
  }

  private static final String OPTIONS =
      "after the granularity may follow a scale rule ("
          + String.join(", ", SchemeOptions.RULES.keySet())
          + "), a float format for scales, and sorted, once each";

  private static Optional<Extent> extent(String scheme, String part) {
    try {
      return SchemeOptions.extent(part);
    } catch (IllegalArgumentException e) {
      throw wrong(scheme, String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException wrong(String scheme, String why) {
    return new IllegalArgumentException("scheme " + scheme + ": " + why);
  }
}
