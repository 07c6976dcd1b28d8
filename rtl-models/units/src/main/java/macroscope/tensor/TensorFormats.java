package macroscope.tensor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/**
 * Tensor formats by the name of their scheme.
 *
 * <pre>
 * scheme      = element                                      no scales: a cast; floats only
 *             | element ":" granularity [":" rule]
 *             | block [":block" length] [":" ("floor" | "ceil")]
 * element     = a scalar format, as {@link Formats#forUser} finds it; intN leaves the most negative
 *               code unused; ternary is {-1, 0, 1}
 * granularity = "tensor" | "channel" | "token" | "group" length
 * rule        = "absmax" | "absmean" | "floor" | "ceil"
 * block       = "mxfp8_e4m3" | "mxfp8" (the same) | "mxfp8_e5m2" | "mxfp6_e2m3" | "mxfp6_e3m2"
 *             | "mxfp4_e2m1" | "mxfp4" (the same) | "mxint8" | "mxint6" | "mxint4" | "nvfp4"
 * </pre>
 *
 * <p>channel and token both mean one scale a row: of a weight N x K, of an activation M x K. Scales
 * of a granularity are real numbers; the rules floor and ceil make them powers of two stored as e8m0
 * (see {@link ScaleRule}). The rule is absmax unless said, absmean for ternary. Another block length
 * than the format's own (MX 32, nvfp4 16) is an experiment that no hardware has to support.
 */
public final class TensorFormats {

  /** One block format. */
  private record Block(
      String name, NumberFormat element, int length, List<ScaleLevel> outer, ScaleLevel scale) {
    TensorFormat format(String scheme, int groupLength, ScaleRule rule) {
      ScaleLevel inner = new ScaleLevel(new Extent.Group(groupLength), scale.format(), rule);
      return new TensorFormat(
          scheme, element, Stream.concat(outer.stream(), Stream.of(inner)).toList());
    }
  }

  private static final List<Block> BLOCKS =
      List.of(
          mx("mxfp8_e4m3", Formats.E4M3FN),
          mx("mxfp8_e5m2", Formats.E5M2),
          mx("mxfp6_e2m3", Formats.E2M3FN),
          mx("mxfp6_e3m2", Formats.E3M2FN),
          mx("mxfp4_e2m1", Formats.E2M1FN),
          mx("mxint8", Formats.canonical("q2.6sym")),
          mx("mxint6", Formats.canonical("q2.4sym")),
          mx("mxint4", Formats.canonical("q2.2sym")),
          nv("nvfp4", Formats.E2M1FN));

  private static final Map<String, String> ALIASES =
      Map.of("mxfp8", "mxfp8_e4m3", "mxfp4", "mxfp4_e2m1");

  private TensorFormats() {}

  /** OCP Microscaling Formats 1.0: one e8m0 scale for 32 elements. */
  private static Block mx(String name, NumberFormat element) {
    return new Block(
        name,
        element,
        32,
        List.of(),
        level(new Extent.Group(32), Formats.E8M0, ScaleRule.POWER_OF_TWO_FLOOR));
  }

  /** NVFP4: an e4m3 scale for 16 elements under a binary32 scale of the tensor (arXiv 2509.25149). */
  private static Block nv(String name, FloatFormat element) {
    return new Block(
        name,
        element,
        16,
        List.of(level(new Extent.Tensor(), Formats.BINARY32, ScaleRule.ABSMAX)),
        level(new Extent.Group(16), Formats.E4M3FN, ScaleRule.ABSMAX));
  }

  private static ScaleLevel level(Extent extent, NumberFormat format, ScaleRule rule) {
    return new ScaleLevel(extent, Optional.of(format), rule);
  }

  /** Names of the block formats, without aliases. */
  public static List<String> blockNames() {
    return BLOCKS.stream().map(Block::name).toList();
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
    Optional<Block> block = BLOCKS.stream().filter(b -> b.name().equals(first)).findFirst();
    if (block.isPresent()) {
      return parseBlock(name, block.get(), parts.subList(1, parts.size()));
    }
    return switch (parts.size()) {
      case 1 -> cast(name, element(scheme, first));
      case 2 -> scaled(name, first, parts.get(1), Optional.empty());
      case 3 -> scaled(name, first, parts.get(1), Optional.of(rule(scheme, parts.get(2))));
      default -> throw wrong(scheme, "at most format:granularity:rule");
    };
  }

  private static TensorFormat parseBlock(String name, Block block, List<String> options) {
    int length = block.length();
    ScaleRule rule = block.scale().rule();
    int next = 0;
    if (next < options.size() && options.get(next).startsWith("block")) {
      length = length(name, options.get(next), "block");
      next++;
    }
    boolean powerOfTwo = rule == ScaleRule.POWER_OF_TWO_FLOOR;
    if (next < options.size() && powerOfTwo && options.get(next).matches("floor|ceil")) {
      rule = rule(name, options.get(next));
      next++;
    }
    if (next < options.size()) {
      String allowed = powerOfTwo ? "[:block<N>][:floor|ceil]" : "[:block<N>]";
      throw wrong(name, block.name() + " may be followed by " + allowed + ": " + options.get(next));
    }
    return block.format(name, length, rule);
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

  private static TensorFormat scaled(
      String name, String elementName, String granularity, Optional<ScaleRule> rule) {
    NumberFormat element = symmetric(name, element(name, elementName));
    ScaleRule usual = element.name().equals("ternary") ? ScaleRule.ABSMEAN : ScaleRule.ABSMAX;
    ScaleRule chosen = rule.orElse(usual);
    boolean powerOfTwo =
        chosen == ScaleRule.POWER_OF_TWO_FLOOR || chosen == ScaleRule.POWER_OF_TWO_CEIL;
    Optional<NumberFormat> stored = powerOfTwo ? Optional.of(Formats.E8M0) : Optional.empty();
    ScaleLevel level = new ScaleLevel(extent(name, granularity), stored, chosen);
    return new TensorFormat(name, element, List.of(level));
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

  private static Extent extent(String scheme, String granularity) {
    return switch (granularity) {
      case "tensor" -> new Extent.Tensor();
      case "channel", "token" -> new Extent.Row();
      default -> {
        if (!granularity.startsWith("group")) {
          throw wrong(
              scheme, "granularity must be tensor, channel, token or group<N>: " + granularity);
        }
        yield new Extent.Group(length(scheme, granularity, "group"));
      }
    };
  }

  private static int length(String scheme, String part, String word) {
    String digits = part.substring(word.length());
    if (!digits.matches("[1-9]\\d{0,5}")) {
      throw wrong(scheme, word + " length must be 1..999999: " + digits);
    }
    return Integer.parseInt(digits);
  }

  private static final Map<String, ScaleRule> RULES =
      Map.of(
          "absmax", ScaleRule.ABSMAX,
          "absmean", ScaleRule.ABSMEAN,
          "floor", ScaleRule.POWER_OF_TWO_FLOOR,
          "ceil", ScaleRule.POWER_OF_TWO_CEIL);

  private static ScaleRule rule(String scheme, String name) {
    ScaleRule rule = RULES.get(name);
    if (rule == null) {
      String names = RULES.keySet().stream().sorted().collect(Collectors.joining(", "));
      throw wrong(scheme, "scale rule must be one of " + names + ": " + name);
    }
    return rule;
  }

  private static IllegalArgumentException wrong(String scheme, String why) {
    return new IllegalArgumentException("scheme " + scheme + ": " + why);
  }
}
