package macroscope.accuracy;

import java.util.List;
import macroscope.format.CodebookFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.Extent;
import macroscope.tensor.TensorFormat;

/**
 * A scalar codebook that k-means finds for the elements of a matrix, each divided by the largest
 * magnitude of its group; see {@link CodebookLearning#normalized}. Its values are kept in binary16,
 * once for the matrix.
 *
 * @param shape the scales, and a codebook of as many bits in place of the learnt one
 * @param learning how the values are found
 */
record LearntCodebook(TensorFormat shape, CodebookLearning learning) implements MatrixFormat {

  LearntCodebook {
    group(shape, 1);
  }

  private static int group(TensorFormat shape, int columns) {
    Extent innermost = shape.levels().get(shape.levels().size() - 1).extent();
    if (innermost instanceof Extent.Group group) {
      return group.length();
    }
    if (innermost instanceof Extent.Row) {
      return columns;
    }
    throw new IllegalArgumentException(
        shape.name() + ": a learnt codebook needs a scale for each row or group");
  }

  @Override
  public String name() {
    return shape.name();
  }

  @Override
  public double bitsPerElement(int rows, int columns) {
    double table = (double) Formats.BINARY16.bits() * (1 << shape.element().bits());
    return shape.bitsPerElement(rows, columns) + table / ((double) rows * columns);
  }

  @Override
  public Restoration on(double[] x, int rows, int columns, Treatment treatment) {
    int bits = shape.element().bits();
    CodebookFormat learnt =
        learning.normalized(shape.element().name(), x, columns, group(shape, columns), bits);
    List<Double> values = learnt.values().stream().map(LearntCodebook::stored).toList();
    CodebookFormat kept = new CodebookFormat(learnt.name(), values);
    return treatment
        .restoration()
        .apply(new TensorFormat(shape.name(), kept, shape.levels(), shape.coding()));
  }

  private static double stored(double value) {
    return Formats.BINARY16.decodeDouble(
        Formats.BINARY16.encodeDouble(value, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE));
  }
}
