package macroscope.tensor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PositFormat;
import macroscope.format.TakumFormat;

/**
 * Tensor formats by the name of their scheme.
 *
 * <pre>
 * scheme      = vectors (":" granularity (":" (rule | scale))*)?
 *             | "bcq" planes ":" granularity (":" ("asym" | scale))*
 *             | "fmpq" block ("_" low "_" high)? ":" (high "of" all | "blocks" n ("_" n)*)
 *               (":sorted")? (":token" | ":tensor")?         blocks of channels of two widths
 *             | element pruned?                              no scales: a cast; no integers, no tables
 *             | element ":" granularity option* pruned?
 *             | "sherry" ":" granularity (":" scale)?    ternary, exactly one of four weights zero
 *             | block option* pruned?
 * vectors     = "vq" elements ("_" bits)+                    index bits of each codebook
 *             | "e8p"                                        2^16 points of a lattice, 2 bits an element
 * element     = a scalar format, as {@link Formats#forUser} finds it; intN leaves the most negative
 *               code unused; ternary is {-1, 0, 1}
 * granularity = "tensor" | "channel" | "token" | "group" length | "tile" height "x" width
 * option      = ":" (rule | scale | "sorted"); of a block also ":block" length or a granularity; of
 *               integers also "full" | "asym"
 * rule        = "absmax" | "absmean" | "rms" | "floor" | "ceil" | "nearest" | "even" | "m2" | "search"
 * scale       = a float format: how scales are stored
 * pruned      = ":" kept "of" group "pairs"?
 * block       = "mxfp8_e4m3" | "mxfp8" (the same) | "mxfp8_e5m2" | "mxfp6_e2m3" | "mxfp6_e3m2"
 *             | "mxfp4_e2m1" | "mxfp4" (the same) | "mxint" bits | "nvfp4" | "nvint" bits
 *             | "mx9" | "mx6" | "mx4" | "bdr_m" mantissa "_k" k1 "_" k2 "_d" d
 *             | "dfp" bits | "msfp" bits | "bfp" mantissa | "hbfp" bits | "vsq" bits "_" scale bits
 *             | "olive4" | "bitmod_fp4" | "bitmod_fp3"
 * </pre>
 *
 * <p>channel and token both mean one scale a row: of a weight N x K, of an activation M x K. Scales
 * of a granularity are real numbers unless a scale format is named; the rules floor, ceil, nearest and
 * even make them powers of two stored as e8m0 (see {@link ScaleRule}). The rule is absmax unless said,
 * absmean for ternary. Another block length than the format's own (MX 32, nvfp4 16) is an experiment
 * that no hardware has to support. {@code sorted} rearranges columns (see {@link Coding.Rearranged}).
 *
 * <p>{@code 2of4} and the like prune by magnitude first and store what is kept ({@link Coding.Pruned}):
 * of four elements along K two, {@code 1of2} one of two, {@code 4of8pairs} two of four pairs.
 *
 * <p>{@code fmpq128:1of4:sorted} has blocks of 128 channels, of four blocks one of 8 bits and three of 4
 * ({@link Coding.MixedBlocks}): the one with the largest magnitude, channels sorted by theirs first;
 * {@code blocks0_3} lists them. A scale for each token and block, or with {@code tensor} for each block.
 *
 * <p>{@code vq8_8_8} has vectors of 8 elements, each the sum of an entry of two codebooks of 2^8 that
 * are learnt from the matrix (AQLM 2x8, arXiv 2401.06118; {@code vq8_12} is VPTQ's form, arXiv
 * 2409.17066); codebooks are kept in binary16. With a granularity vectors are divided by scales first, by
 * the rule rms unless said: {@code vq8_8_8:channel:fp16} is AQLM's.
 *
 * <p>{@code e8p:tensor} has vectors of 8 elements that are points of E8P (QuIP#, arXiv 2402.04396).
 *
 * <p>{@code bcq3:group32:fp16} has three bit planes of -1 and 1 with a factor each for every group, found by
 * alternation ({@link Coding.BinaryCoded}); with {@code asym} there is an offset, as LUT-GEMM has it.
 *
 * <p>Integers are symmetric unless {@code full} keeps their most negative code (a scale is
 * absmax / 2^(b-1) then, and what is largest above zero clips) or {@code asym} gives
 * each scale a zero point, stored in as many bits as an element ({@link ScaleRule#MINMAX}). With {@code
 * m2} each group's scale is a power of two below the largest of its row, which is stored once a row
 * ({@link ScaleRule#POWER_OF_TWO_OF_LARGEST}); M1 of the same paper is {@code ceil}. {@code
 * search:e8m0} is a search for the integer exponent bias of a float element: a bias more by k is a
 * scale of 2^-k.
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
    return parse(scheme, FormatCatalogue.builtIn());
  }

  /** As {@link #parse(String)}, with the formats of a catalogue. */
  static TensorFormat parse(String scheme, FormatCatalogue formats) {
    String name = scheme.trim().toLowerCase(Locale.ROOT);
    if (MixedBlockSchemes.is(name)) {
      return MixedBlockSchemes.parse(name);
    }
    List<String> parts = List.of(name.split(":", -1));
    String last = parts.get(parts.size() - 1);
    if (parts.size() > 1 && Sparsity.isName(last)) {
      String whole = name.substring(0, name.length() - last.length() - 1);
      return pruned(name, parse(whole, formats), last);
    }
    String first = ALIASES.getOrDefault(parts.get(0), parts.get(0));
    if (first.equals("mxfp6")) {
      throw wrong(scheme, "mxfp6 is ambiguous: one of mxfp6_e2m3, mxfp6_e3m2");
    }
    List<String> options = parts.subList(1, parts.size());
    if (CodedSchemes.is(first)) {
      return new CodedSchemes(name, first, options, formats).format();
    }
    if (first.equals("sherry")) {
      return sherry(name, options, formats);
    }
    Optional<BlockFormat> block = formats.block(first);
    if (block.isPresent()) {
      return block(name, block.get(), options, formats);
    }
    return options.isEmpty()
        ? cast(name, element(scheme, first, formats))
        : scaled(name, element(name, first, formats), options, formats);
  }

  private static TensorFormat pruned(String name, TensorFormat whole, String sparsity) {
    if (!(whole.coding() instanceof Coding.Single) || whole.hasZeroPoints()) {
      throw wrong(name, "only a format whose elements stand alone, without zero points, is pruned");
    }
    try {
      Coding coding = new Coding.Pruned(Sparsity.parse(sparsity));
      return new TensorFormat(name, whole.element(), whole.levels(), coding);
    } catch (IllegalArgumentException e) {
      throw wrong(name, String.valueOf(e.getMessage()));
    }
  }

  /** Signs and places of zeros under mean magnitudes, for each row, tensor or whole fours of a group. */
  private static TensorFormat sherry(String name, List<String> parts, FormatCatalogue formats) {
    String rule =
        "sherry must be followed by :channel, :tensor or :group<N>, N whole fours, then by a"
            + " float format for scales or nothing";
    if (parts.isEmpty()) {
      throw wrong(name, rule);
    }
    TensorFormat ternary = scaled(name, Formats.canonical("ternary"), parts, formats);
    ScaleLevel level = ternary.levels().get(0);
    boolean fours = level.extent().run(1 << 20) % Coding.OneZeroOfFour.GROUP == 0;
    boolean means = level.rule() == ScaleRule.ABSMEAN && ternary.levels().size() == 1;
    if (!fours || !means || !(ternary.coding() instanceof Coding.Single)) {
      throw wrong(name, rule + ": " + String.join(":", parts));
    }
    return new TensorFormat(name, ternary.element(), ternary.levels(), new Coding.OneZeroOfFour());
  }

  /** Whether a name is a scheme: a block format, or a format with options. */
  public static boolean isScheme(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    return lower.contains(":")
        || CodedSchemes.is(lower)
        || MixedBlockSchemes.is(lower)
        || lower.equals("mxfp6")
        || BlockFormats.find(ALIASES.getOrDefault(lower, lower)).isPresent();
  }

  private static TensorFormat block(
      String name, BlockFormat block, List<String> parts, FormatCatalogue formats) {
    SchemeOptions options = SchemeOptions.NONE;
    for (String part : parts) {
      String expected = block.name() + " may be followed by " + allowed(block);
      options = and(name, options, part, expected, formats);
    }
    boolean fits =
        options
            .rule()
            .map(r -> r == ScaleRule.ABSMAX || r != ScaleRule.ABSMEAN && ruled(block, r))
            .orElse(true);
    boolean sorts = !options.sorted() || block.coding() instanceof Coding.Single;
    if (!fits
        || !sorts
        || options.range().isPresent()
        || (options.scale().isPresent() && block.powerOfTwo())) {
      throw wrong(
          name,
          block.name() + " may be followed by " + allowed(block) + ": " + String.join(":", parts));
    }
    return block.format(name, options);
  }

  private static boolean ruled(BlockFormat block, ScaleRule rule) {
    boolean alone =
        rule == ScaleRule.POWER_OF_TWO_OF_LARGEST
            || rule == ScaleRule.MINMAX
            || rule == ScaleRule.ROOT_MEAN_SQUARE;
    return rule == ScaleRule.SEARCH ? block.innermost() : block.powerOfTwo() && !alone;
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

  static SchemeOptions and(
      String scheme, SchemeOptions options, String part, String expected, FormatCatalogue formats) {
    Optional<SchemeOptions> more;
    try {
      more = options.and(part, formats);
    } catch (IllegalArgumentException e) {
      throw wrong(scheme, String.valueOf(e.getMessage()));
    }
    return more.orElseThrow(() -> wrong(scheme, expected + ": " + part));
  }

  private static NumberFormat element(String scheme, String name, FormatCatalogue formats) {
    try {
      return formats.scalar(name);
    } catch (IllegalArgumentException e) {
      throw wrong(
          scheme, e.getMessage() + "; block formats: " + String.join(", ", formats.blockNames()));
    }
  }

  private static TensorFormat cast(String name, NumberFormat element) {
    boolean spans =
        element instanceof FloatFormat
            || element instanceof PositFormat
            || element instanceof TakumFormat
            || element instanceof LogarithmicFormat;
    if (!spans || !element.signed()) {
      throw wrong(name, "needs a granularity: " + name + ":channel, :token, :tensor or :group<N>");
    }
    return new TensorFormat(name, element, List.of());
  }

  private static TensorFormat scaled(
      String name, NumberFormat element, List<String> parts, FormatCatalogue formats) {
    if (parts.get(0).startsWith("block") || extent(name, parts.get(0)).isEmpty()) {
      throw wrong(
          name,
          "granularity must be tensor, channel, token, group<N> or tile<R>x<C>: " + parts.get(0));
    }
    SchemeOptions options = SchemeOptions.NONE;
    for (String part : parts) {
      options = and(name, options, part, OPTIONS, formats);
    }
    Coding coding = options.sorted() ? new Coding.Rearranged() : new Coding.Single();
    NumberFormat ranged = ranged(name, element, options);
    boolean means = ranged.name().equals("ternary") || ranged.name().equals("binary");
    ScaleRule usual = means ? ScaleRule.ABSMEAN : ScaleRule.ABSMAX;
    return new TensorFormat(name, ranged, levels(name, ranged, options, usual), coding);
  }

  static List<ScaleLevel> levels(
      String name, NumberFormat element, SchemeOptions options, ScaleRule usual) {
    Extent extent = options.extent().orElseThrow();
    if (options.range().equals(Optional.of(SchemeOptions.Range.ASYMMETRIC))) {
      if (options.rule().isPresent() || options.sorted()) {
        throw wrong(name, "asym goes with no scale rule and not with sorted");
      }
      return List.of(
          new ScaleLevel(
              extent, options.scale(), ScaleRule.MINMAX, Optional.of((IntegerFormat) element)));
    }
    ScaleRule rule = options.rule().orElse(usual);
    Optional<NumberFormat> stored =
        rule.powerOfTwo() ? options.scale().or(() -> Optional.of(Formats.E8M0)) : options.scale();
    ScaleLevel level = new ScaleLevel(extent, stored, rule);
    if (rule != ScaleRule.POWER_OF_TWO_OF_LARGEST) {
      return List.of(level);
    }
    if (!(extent instanceof Extent.Group)) {
      throw wrong(name, "m2 needs groups: " + extent);
    }
    return List.of(new ScaleLevel(new Extent.Row(), Optional.empty(), ScaleRule.ABSMAX), level);
  }

  private static NumberFormat ranged(String scheme, NumberFormat element, SchemeOptions options) {
    if (element instanceof IntegerFormat integer) {
      return ranged(scheme, integer, options.range());
    }
    if (options.range().isPresent()) {
      throw wrong(scheme, "full and asym are for integers: " + element.name());
    }
    if (!element.signed()) {
      throw wrong(scheme, "the element format must be signed: " + element.name());
    }
    return element;
  }

  private static NumberFormat ranged(
      String scheme, IntegerFormat element, Optional<SchemeOptions.Range> range) {
    if (element.bits() > 32) {
      throw wrong(scheme, "an integer element must have at most 32 bits: " + element.name());
    }
    if (range.isPresent() && element.symmetric()) {
      throw wrong(scheme, "full and asym need integers of the full range: " + element.name());
    }
    if (range.equals(Optional.of(SchemeOptions.Range.ASYMMETRIC))) {
      return element;
    }
    if (!element.signed()) {
      throw wrong(scheme, "the element format must be signed, or asym: " + element.name());
    }
    if (element.bits() == 1) {
      throw wrong(scheme, "one bit has no symmetric range: " + element.name());
    }
    return range.isPresent() || element.symmetric()
        ? element
        : new IntegerFormat(
            element.name() + "sym", element.bits(), true, true, element.fractionBits());
  }

  private static final String OPTIONS =
      "after the granularity may follow a scale rule ("
          + String.join(", ", SchemeOptions.RULES.keySet())
          + "), a float format for scales, sorted, and for integers full or asym, once each";

  private static Optional<Extent> extent(String scheme, String part) {
    try {
      return SchemeOptions.extent(part);
    } catch (IllegalArgumentException e) {
      throw wrong(scheme, String.valueOf(e.getMessage()));
    }
  }

  static IllegalArgumentException wrong(String scheme, String why) {
    return new IllegalArgumentException("scheme " + scheme + ": " + why);
  }
}
