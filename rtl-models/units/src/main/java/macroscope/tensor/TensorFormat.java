package macroscope.tensor;

import java.util.List;
import java.util.Objects;
import macroscope.format.NumberFormat;

/**
 * How a matrix is stored: an element format and levels of scales, outermost first. MX has one level,
 * NVFP4 two, plain integers per channel one, a cast to binary16 none.
 *
 * @param name the scheme as the user writes it: {@code int4:group32}, {@code mxfp4}, {@code
 *     e4m3fn:channel}
 * @param element format of one element
 * @param levels scale levels, outermost first
 */
public record TensorFormat(String name, NumberFormat element, List<ScaleLevel> levels) {

  public TensorFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(element, "element");
    levels = List.copyOf(levels);
    for (int level = 1; level < levels.size(); level++) {
      Extent outer = levels.get(level - 1).extent();
      Extent inner = levels.get(level).extent();
      if (!outer.contains(inner)) {
        throw new IllegalArgumentException(
            name + ": each scale level must lie within the one before: " + inner + " in " + outer);
      }
    }
  }

  /** Stored bits an element of a rows x columns matrix, scales included. */
  public double bitsPerElement(int rows, int columns) {
    double scaleBits = 0;
    for (ScaleLevel level : levels) {
      scaleBits += (double) level.bits() * level.extent().count(rows, columns);
    }
    return element.bits() + scaleBits / ((double) rows * columns);
  }

  /** How many consecutive elements of a row of {@code columns} share all scales. */
  int run(int columns) {
    return levels.isEmpty() ? columns : levels.get(levels.size() - 1).extent().run(columns);
  }
}
