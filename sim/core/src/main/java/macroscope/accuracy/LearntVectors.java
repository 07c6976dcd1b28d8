package macroscope.accuracy;

import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;

/**
 * Codebooks of vectors that k-means finds for a matrix, stage by stage; see {@link
 * CodebookLearning#vectors}. Their entries are kept in binary16, once for the matrix.
 *
 * @param name as the scheme is written
 * @param dimension elements of a vector
 * @param indexBits of each stage
 * @param rowScale how the scale of a row is stored
 * @param learning how the entries are found
 */
record LearntVectors(
    String name,
    int dimension,
    List<Integer> indexBits,
    NumberFormat rowScale,
    CodebookLearning learning)
    implements MatrixFormat {

  private static final int MOST_DIMENSIONS = 64;
  private static final int MOST_STAGES = 8;
  private static final int MOST_INDEX_BITS = 12;

  LearntVectors {
    indexBits = List.copyOf(indexBits);
    require(name, "dimension", dimension, MOST_DIMENSIONS);
    require(name, "stages", indexBits.size(), MOST_STAGES);
    for (int bits : indexBits) {
      require(name, "bits of an index", bits, MOST_INDEX_BITS);
    }
  }

  private static void require(String name, String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + ": " + what + " must be 1.." + most + ": " + value);
    }
  }

  @Override
  public double bitsPerElement(int rows, int columns) {
    int vectors = (columns + dimension - 1) / dimension;
    double indices = (double) indexBits.stream().mapToInt(b -> b).sum() * vectors * rows;
    int entries = indexBits.stream().mapToInt(b -> 1 << b).sum();
    double tables = (double) entries * dimension * Formats.BINARY16.bits();
    double scales = (double) rowScale.bits() * rows;
    return (indices + tables + scales) / ((double) rows * columns);
  }

  @Override
  public TensorFormat shape() {
    ScaleLevel row = new ScaleLevel(new Extent.Row(), Optional.of(rowScale), ScaleRule.ABSMAX);
    return new TensorFormat(name, Formats.BINARY16, List.of(row));
  }

  @Override
  public Restoration on(double[] x, int rows, int columns, Treatment treatment) {
    if (!treatment.name().equals(Treatment.NEAREST.name())) {
      throw new IllegalArgumentException(
          name + ": vectors take the nearest entry, not one by " + treatment.name());
    }
    return learning.vectors(
            name, x, rows, columns, dimension, indexBits, Formats.BINARY16, rowScale)
        ::apply;
  }
}
