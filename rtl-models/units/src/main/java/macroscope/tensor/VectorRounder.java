package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.Conversion;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Brings a matrix to a format of vectors vector by vector, while those that are still to come may
 * change; see {@link ColumnQuantizer}. Scales are those of the matrix at first.
 */
public final class VectorRounder {
  private final TensorFormat format;
  private final VectorFormat vectors;
  private final int rows;
  private final int columns;
  private final Scaler scaler;
  private final List<int[]> indices = new ArrayList<>();

  /**
   * @param format with its codebooks
   * @param x row-major; not copied, read here alone
   * @throws IllegalArgumentException if the format is none of vectors, or has no codebooks
   */
  public VectorRounder(TensorFormat format, double[] x, int rows, int columns) {
    if (!(format.coding() instanceof Coding.Vectors coding) || coding.codebooks().isEmpty()) {
      throw new IllegalArgumentException(
          "a format of vectors with its codebooks is needed: " + format.name());
    }
    Quantizer.requireFinite(x, rows, columns);
    this.format = format;
    this.vectors = new VectorFormat(format.name(), coding.codebooks());
    this.rows = rows;
    this.columns = columns;
    Conversion nearest = Conversion.of(RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    this.scaler = new Scaler(format, nearest, x, rows, columns).find();
    for (int stage = 0; stage < vectors.stages().size(); stage++) {
      indices.add(new int[rows * vectors.vectors(columns)]);
    }
  }

  /** Elements of a vector. */
  public int dimension() {
    return vectors.dimension();
  }

  /**
   * Takes the entries nearest to a vector, keeps their indices and returns what is read back.
   *
   * @param column of its first element
   * @param values one for each column of the vector that the matrix has
   */
  public double[] round(int row, int column, double[] values) {
    double scale = scaler.product(row, column);
    double[] rest = new double[dimension()];
    for (int i = 0; i < values.length; i++) {
      rest[i] = scale == 0 ? 0 : values[i] / scale;
    }
    int place = row * vectors.vectors(columns) + column / dimension();
    double[] readBack = new double[values.length];
    for (int stage = 0; stage < indices.size(); stage++) {
      VectorCodebook book = vectors.stages().get(stage);
      int index = book.nearest(rest, 0);
      indices.get(stage)[place] = index;
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= book.element(index, i);
        if (i < readBack.length) {
          readBack[i] += book.element(index, i);
        }
      }
    }
    for (int i = 0; i < readBack.length; i++) {
      readBack[i] *= scale;
    }
    return readBack;
  }

  /** The matrix of all indices so far. */
  public EncodedMatrix encoded() {
    return EncodedMatrix.of(
        format, new EncodedVectors(vectors, rows, columns, indices), scaler.scales());
  }
}
