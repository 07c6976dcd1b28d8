package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;

/**
 * A block format as the catalogue has it, before a scheme changes its block, rule or scale.
 *
 * @param name canonical name
 * @param element format of one element
 * @param coding what the codes of a group have to do with each other
 * @param levels scale levels, outermost first
 * @param sized which of the levels is the one that a scheme may change
 */
record BlockFormat(
    String name, NumberFormat element, Coding coding, List<ScaleLevel> levels, int sized) {

  /** Elements on their own under one level of scales. */
  static BlockFormat of(String name, NumberFormat element, ScaleLevel level) {
    return new BlockFormat(name, element, new Coding.Single(), List.of(level), 0);
  }

  /** A tensor format as a block format: a scheme may change its innermost scale. */
  static BlockFormat of(TensorFormat format) {
    if (format.levels().isEmpty()) {
      throw new IllegalArgumentException(format.name() + ": a block format needs scales");
    }
    return new BlockFormat(
        format.name(),
        format.element(),
        format.coding(),
        format.levels(),
        format.levels().size() - 1);
  }

  private ScaleLevel level() {
    return levels.get(sized);
  }

  /** Whether scales are stored as powers of two and nothing else. */
  boolean powerOfTwo() {
    return level().format().filter(f -> f instanceof FloatFormat s && !s.subnormals()).isPresent();
  }

  /** Whether the scale that a scheme may change is the innermost. */
  boolean innermost() {
    return sized == levels.size() - 1;
  }

  /** The tensor format of a scheme. */
  TensorFormat format(String scheme, SchemeOptions options) {
    ScaleLevel changed =
        new ScaleLevel(
            options.extent().orElse(level().extent()),
            options.scale().or(() -> level().format()),
            options.rule().orElse(level().rule()),
            level().zeroPoint());
    List<ScaleLevel> all = new ArrayList<>(levels);
    all.set(sized, changed);
    return new TensorFormat(
        scheme, element, all, options.sorted() ? new Coding.Rearranged() : coding);
  }

  /** The level of scales with these. */
  static ScaleLevel level(Extent extent, NumberFormat format, ScaleRule rule) {
    return new ScaleLevel(extent, Optional.of(format), rule);
  }
}
