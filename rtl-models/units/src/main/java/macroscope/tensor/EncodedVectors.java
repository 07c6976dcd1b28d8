package macroscope.tensor;

import java.util.List;

/**
 * A matrix as indices of vectors, without scales.
 *
 * @param format codebooks
 * @param indices for each stage, the indices of the vectors, row by row
 */
public record EncodedVectors(VectorFormat format, int rows, int columns, List<int[]> indices) {

  public EncodedVectors {
    indices = List.copyOf(indices);
    int vectors = rows * format.vectors(columns);
    if (indices.size() != format.stages().size()
        || indices.stream().anyMatch(stage -> stage.length != vectors)) {
      throw new IllegalArgumentException(
          format.name() + ": indices must be " + vectors + " a stage");
    }
  }

  /** The value of every element, row-major: the sum of the entries, first stage first. */
  public double[] decode() {
    double[] values = new double[rows * columns];
    int dimension = format.dimension();
    int perRow = format.vectors(columns);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        int vector = r * perRow + k / dimension;
        double sum = 0;
        for (int stage = 0; stage < indices.size(); stage++) {
          sum += format.stages().get(stage).element(indices.get(stage)[vector], k % dimension);
        }
        values[r * columns + k] = sum;
      }
    }
    return values;
  }
}
