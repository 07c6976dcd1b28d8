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
  }

  /** Stored bits an element of a rows x columns matrix, scales included. */
  public double bitsPerElement(int rows, int columns) {
    double scaleBits = 0;
    for (ScaleLevel level : levels) {
      scaleBits += (double) level.bits() * level.extent().count(rows, columns);
    }
    return element.bits() + scaleBits / ((double) rows * columns);
  }
}
