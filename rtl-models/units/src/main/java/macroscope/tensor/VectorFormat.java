package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Weights as indices of vectors: each vector of a row is the sum of one entry of every stage, times a
 * scale of the row. One stage is plain vector quantization (VPTQ, arXiv 2409.17066); more are additive
 * or residual ones (AQLM, arXiv 2401.06118: 2 x 8 bits for 8 elements; VPTQ with residual).
 *
 * @param name for reports
 * @param stages codebooks of one dimension, in the order in which residuals go through them
 * @param rowScale how the scale of a row is stored, its root mean square; empty for no scales
 */
public record VectorFormat(
    String name, List<VectorCodebook> stages, Optional<NumberFormat> rowScale) {

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

  /** Stored bits an element of a rows x columns matrix: indices, scales and the codebooks themselves. */
  public double bitsPerElement(int rows, int columns) {
    long indices = stages.stream().mapToLong(VectorCodebook::indexBits).sum();
    long tables = stages.stream().mapToLong(VectorCodebook::tableBits).sum();
    long scales = rowScale.map(NumberFormat::bits).orElse(0);
    double bits = (double) indices * vectors(columns) * rows + tables + (double) scales * rows;
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
    double[] scales =
        rowScale
            .map(stored -> rowScales(stored, x, rows, columns))
            .orElseGet(() -> DoubleStream.generate(() -> 1).limit(rows).toArray());
    double[] rest = new double[rows * width];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        rest[r * width + k] = x[r * columns + k] / scales[r];
      }
    }
    return new EncodedVectors(
        this, rows, columns, stages.stream().map(s -> take(s, rest)).toList(), scales);
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

  /** The root mean square of each row of a matrix as it is stored; 1 where that is zero. */
  private static double[] rowScales(NumberFormat stored, double[] x, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToDouble(r -> scale(stored, x, r * columns, columns))
        .toArray();
  }

  private static double scale(NumberFormat stored, double[] x, int start, int columns) {
    double sum = 0;
    for (int i = start; i < start + columns; i++) {
      sum += x[i] * x[i];
    }
    double scale =
        stored.decodeDouble(
            stored.encodeDouble(
                Math.sqrt(sum / columns), RoundingMode.TIES_TO_EVEN, Overflow.SATURATE));
    return scale == 0 ? 1 : scale;
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
