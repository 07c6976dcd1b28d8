package macroscope.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/**
 * The formats that names stand for: those of {@link Formats} and {@link TensorFormats}, and others that
 * were added under names of their own. Immutable.
 */
public final class FormatCatalogue {

  private final Map<String, NumberFormat> scalars;
  private final Map<String, BlockFormat> blocks;

  private FormatCatalogue(Map<String, NumberFormat> scalars, Map<String, BlockFormat> blocks) {
    this.scalars = scalars;
    this.blocks = blocks;
  }

  /** The catalogue with nothing added. */
  public static FormatCatalogue builtIn() {
    return new FormatCatalogue(Map.of(), Map.of());
  }

  /**
   * This catalogue and one more scalar format.
   *
   * @throws IllegalArgumentException if the name is taken, or is none that a scheme can have
   */
  public FormatCatalogue with(NumberFormat scalar) {
    requireNew(scalar.name());
    Map<String, NumberFormat> more = new LinkedHashMap<>(scalars);
    more.put(scalar.name(), scalar);
    return new FormatCatalogue(more, blocks);
  }

  /**
   * This catalogue and one more block format, of which a scheme may change the innermost scale.
   *
   * @throws IllegalArgumentException if the name is taken or none that a scheme can have, or if the
   *     format has no scales
   */
  public FormatCatalogue with(TensorFormat block) {
    requireNew(block.name());
    Map<String, BlockFormat> more = new LinkedHashMap<>(blocks);
    more.put(block.name(), BlockFormat.of(block));
    return new FormatCatalogue(scalars, more);
  }

  private void requireNew(String name) {
    if (!name.matches("[a-z][a-z0-9_.+-]{0,63}")) {
      throw new IllegalArgumentException(
          "a name must be lower-case letters, digits, _ . + and -, a letter first: " + name);
    }
    if (isBuiltIn(name) || scalars.containsKey(name) || blocks.containsKey(name)) {
      throw new IllegalArgumentException("the name is taken: " + name);
    }
  }

  /** Whether the name means something, unambiguous or not, without what was added. */
  private static boolean isBuiltIn(String name) {
    return TensorFormats.isScheme(name) || !Formats.isFree(name);
  }

  /**
   * The scalar format that a person calls {@code name}, in any case.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public NumberFormat scalar(String name) {
    NumberFormat added = scalars.get(name.trim().toLowerCase(Locale.ROOT));
    return added != null ? added : Formats.forUser(name);
  }

  /**
   * The tensor format of a scheme; see {@link TensorFormats}.
   *
   * @throws IllegalArgumentException naming the part that is wrong and what it may be
   */
  public TensorFormat scheme(String scheme) {
    return TensorFormats.parse(scheme, this);
  }

  /** Whether a name is a scheme: a block format, or a format with options. */
  public boolean isScheme(String name) {
    return blocks.containsKey(name.trim().toLowerCase(Locale.ROOT)) || TensorFormats.isScheme(name);
  }

  /**
   * A level of scales by the words that schemes have for them.
   *
   * @param elements which share a scale: {@code tensor, channel, group32, tile16x16}
   * @param scale how it is stored; empty for a real number
   * @param rule {@code absmax, floor, ...}; not beside a zero point, which has a rule of its own
   * @param zeroPoint how the code of zero is stored, if beside each scale
   * @throws IllegalArgumentException naming what is wrong and what it may be
   */
  public ScaleLevel level(
      String elements, Optional<String> scale, Optional<String> rule, Optional<String> zeroPoint) {
    Extent extent =
        SchemeOptions.extent(elements)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "elements must be tensor, channel, token, group<N> or tile<R>x<C>: "
                            + elements));
    Optional<NumberFormat> stored = scale.map(this::scalar);
    if (zeroPoint.isPresent()) {
      if (rule.isPresent()) {
        throw new IllegalArgumentException(
            "a rule cannot be given beside a zero point: " + rule.get());
      }
      return new ScaleLevel(
          extent, stored, ScaleRule.MINMAX, zeroPoint.map(this::scalar).map(this::integer));
    }
    return new ScaleLevel(extent, stored, rule(rule.orElse("absmax")));
  }

  private IntegerFormat integer(NumberFormat format) {
    if (format instanceof IntegerFormat integer) {
      return integer;
    }
    throw new IllegalArgumentException("a zero point must be an integer: " + format.name());
  }

  private static ScaleRule rule(String name) {
    ScaleRule rule = SchemeOptions.RULES.get(name);
    if (rule == null) {
      throw new IllegalArgumentException(
          "rule must be one of " + String.join(", ", SchemeOptions.RULES.keySet()) + ": " + name);
    }
    return rule;
  }

  /** The listed scalar formats, then the added ones. */
  public List<NumberFormat> scalars() {
    List<NumberFormat> all = new ArrayList<>(Formats.all());
    all.addAll(scalars.values());
    return List.copyOf(all);
  }

  /** Names of the listed block formats, then of the added ones. */
  public List<String> blockNames() {
    List<String> all =
        new ArrayList<>(BlockFormats.LISTED.stream().map(BlockFormat::name).toList());
    all.addAll(blocks.keySet());
    return List.copyOf(all);
  }

  /** The block format of a name, added or built in. */
  Optional<BlockFormat> block(String name) {
    BlockFormat added = blocks.get(name);
    return added != null ? Optional.of(added) : BlockFormats.find(name);
  }
}
