package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Weights as indices of vectors: each vector of a row is the sum of one entry of every stage. One stage is plain vector quantization (VPTQ, arXiv 2409.17066); more are additive
 * or residual ones (AQLM, arXiv 2401.06118: 2 x 8 bits for 8 elements; VPTQ with residual).
 *
 * @param name for reports
 * @param stages codebooks of one dimension, in the order in which residuals go through them
 */
public record VectorFormat(String name, List<VectorCodebook> stages) {

  public VectorFormat {
    stages = List.copyOf(stages);
    if (stages.isEmpty() || stages.stream().map(VectorCodebook::dimension).distinct().count() > 1) {
      throw new IllegalArgumentException(
          name + ": stages must be one or more, of one dimension: " + stages.size());
    }
  }

  /** Elements of a vector. */
  public int dimension() {
    return stages.get(0).dimension();
  }

  /** Vectors of a row; the last is padded with zeros. */
  public int vectors(int columns) {
    return (columns + dimension() - 1) / dimension();
  }

  /** Stored bits an element of a rows x columns matrix: indices and the codebooks themselves. */
  public double bitsPerElement(int rows, int columns) {
    long indices = stages.stream().mapToLong(VectorCodebook::indexBits).sum();
    long tables = stages.stream().mapToLong(VectorCodebook::tableBits).sum();
    double bits = (double) indices * vectors(columns) * rows + tables;
    return bits / ((double) rows * columns);
  }

  /**
   * Quantizes a row-major matrix: each stage takes the entry nearest to what those before left over.
   *
   * @throws IllegalArgumentException if the length of {@code x} does not fit or an element is NaN or
   *     infinite
   */
  public EncodedVectors quantize(double[] x, int rows, int columns) {
    Quantizer.requireFinite(x, rows, columns);
    int width = vectors(columns) * dimension();
    double[] rest = new double[rows * width];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, r * columns, rest, r * width, columns);
    }
    return new EncodedVectors(
        this, rows, columns, stages.stream().map(s -> take(s, rest)).toList());
  }

  /** The values of {@link #quantize}. */
  public double[] apply(double[] x, int rows, int columns) {
    return quantize(x, rows, columns).decode();
  }

  /** The indices of a stage; what its entries leave over stays in {@code rest}. */
  private static int[] take(VectorCodebook stage, double[] rest) {
    int[] indices = new int[rest.length / stage.dimension()];
    for (int v = 0; v < indices.length; v++) {
      int at = v * stage.dimension();
      indices[v] = stage.nearest(rest, at);
      for (int i = 0; i < stage.dimension(); i++) {
        rest[at + i] -= stage.element(indices[v], i);
      }
    }
    return indices;
  }

  /** The rows of a matrix as this format sees them, one vector after the other: what stages learn from. */
  public static List<double[]> vectorsOf(double[] x, int columns, int dimension) {
    List<double[]> vectors = new ArrayList<>();
    for (int row = 0; row < x.length; row += columns) {
      for (int k = 0; k < columns; k += dimension) {
        double[] vector = new double[dimension];
        System.arraycopy(x, row + k, vector, 0, Math.min(dimension, columns - k));
        vectors.add(vector);
      }
    }
    return vectors;
  }
}
