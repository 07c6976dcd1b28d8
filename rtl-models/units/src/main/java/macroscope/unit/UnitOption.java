package macroscope.unit;

import java.util.List;
import java.util.Map;
import macroscope.format.Formats;
import macroscope.hardware.Sharing;
import macroscope.tensor.BlockShare;
import macroscope.tensor.Sparsity;

/**
 * What may be put around any unit by its name, {@code unit+option:key=value,...}:
 *
 * <ul>
 *   <li>{@code promote}: interval; see {@link PromotedSpec}
 *   <li>{@code sparse}: pattern (2of4), side (right); see {@link SparseDotSpec}
 *   <li>{@code dequantize}: weights, scale (before), zero (subtracted), shared_by ({@value
 *       Sharing#USUAL}); see {@link
 *       DequantizedSpec}
 *   <li>{@code pipeline}: stages; see {@link PipelinedSpec}
 *   <li>{@code mixed}: low (the integer array halved), block (128), high (1of4); see {@link
 *       MixedBlocksSpec}
 * </ul>
 *
 * In brackets what a missing key means. Options follow each other, the last one outermost.
 */
final class UnitOption {

  static final List<String> NAMES = List.of("promote", "sparse", "dequantize", "mixed", "pipeline");

  private UnitOption() {}

  /** Whether a text is an option and no reading. */
  static boolean is(String text) {
    return text.contains(":") || NAMES.contains(text);
  }

  /**
   * A unit with an option.
   *
   * @param name of the unit with its option
   * @param option {@code word:key=value,...}, or a word whose keys may all be missing
   * @throws IllegalArgumentException naming the unit, the key and the rule
   */
  static UnitSpec on(UnitSpec unit, String name, String option) {
    int colon = option.indexOf(':');
    String word = colon < 0 ? option : option.substring(0, colon);
    String parameters = colon < 0 ? "" : option.substring(colon + 1);
    return UnitSpelling.parse(name, Map.of(), parameters, keys -> spec(unit, name, word, keys));
  }

  private static UnitSpec spec(UnitSpec unit, String name, String word, UnitSpelling keys) {
    return switch (word) {
      case "promote" -> new PromotedSpec(name, unit, keys.number("interval"));
      case "sparse" ->
          new SparseDotSpec(
              name,
              unit,
              Sparsity.parse(keys.optional("pattern", "2of4")),
              keys.choice("side", SparseDotSpec.Side.RIGHT));
      case "dequantize" ->
          new DequantizedSpec(
              name,
              unit,
              Formats.forUser(keys.required("weights")),
              keys.choice("scale", DequantizedSpec.Scale.BEFORE),
              keys.choice("zero", DequantizedSpec.Zero.SUBTRACTED),
              keys.number("shared_by", Sharing.USUAL));
      case "pipeline" -> PipelinedSpec.of(name, unit, keys.number("stages"));
      case "mixed" -> mixed(unit, name, keys);
      default ->
          throw keys.wrong("unknown option " + word + "; there are " + String.join(", ", NAMES));
    };
  }

  private static UnitSpec mixed(UnitSpec high, String name, UnitSpelling keys) {
    String low = keys.optional("low", "");
    UnitSpec narrow =
        low.isEmpty()
            ? MixedBlocksSpec.halved(high)
            : Units.named(low)
                .orElseThrow(
                    () -> new IllegalArgumentException("low must be the name of a unit: " + low));
    return new MixedBlocksSpec(
        name,
        high,
        narrow,
        keys.number("block", "128"),
        BlockShare.parse(keys.optional("high", "1of4")));
  }
}
