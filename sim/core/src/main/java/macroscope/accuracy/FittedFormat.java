package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import macroscope.format.RoundingMode;
import macroscope.tensor.Coding;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.VectorCodebook;
import macroscope.tensor.VectorFormat;

/**
 * Formats with what they learn from a matrix: the codebooks of vectors. Any other format is what it is.
 * The same matrix gives the same codebooks.
 */
public final class FittedFormat {

  private static final long SEED = 1;

  /** Samples for each entry of a codebook. */
  private static final int SAMPLES_PER_ENTRY = 16;

  private static final int ITERATIONS = 12;

  private FittedFormat() {}

  /**
   * The format for one matrix of weights.
   *
   * @param x row-major, finite
   * @param columns of the matrix
   */
  public static TensorFormat of(TensorFormat format, double[] x, int columns) {
    return format.coding() instanceof Coding.Vectors vectors && vectors.codebooks().isEmpty()
        ? format.withCodebooks(codebooks(format, vectors, x, columns))
        : format;
  }

  /** Learnt from the elements divided by their scales. */
  private static List<VectorCodebook> codebooks(
      TensorFormat format, Coding.Vectors vectors, double[] matrix, int columns) {
    double[] x =
        new Quantizer(format, RoundingMode.TIES_TO_EVEN)
            .quotients(matrix, matrix.length / columns, columns);
    int count = VectorFormat.vectorsOf(x, columns, vectors.dimension()).size();
    if (count <= 1 << vectors.indexBits().get(0)) {
      return everyVector(vectors, x, columns);
    }
    int most = vectors.indexBits().stream().mapToInt(bits -> 1 << bits).max().orElseThrow();
    return new CodebookLearning(SEED, SAMPLES_PER_ENTRY * most, ITERATIONS)
        .vectors(
            format.name(), x, columns, vectors.dimension(), vectors.indexBits(), vectors.stored())
        .stages();
  }

  /** Where there are no more vectors than entries, each is one; further codebooks are zeros. */
  private static List<VectorCodebook> everyVector(Coding.Vectors vectors, double[] x, int columns) {
    double[] entries =
        VectorFormat.vectorsOf(x, columns, vectors.dimension()).stream()
            .flatMapToDouble(Arrays::stream)
            .toArray();
    List<VectorCodebook> books = new ArrayList<>();
    for (int bits : vectors.indexBits()) {
      double[] padded = Arrays.copyOf(entries, vectors.dimension() << bits);
      books.add(VectorCodebook.rounded(vectors.stored(), vectors.dimension(), padded));
      entries = new double[0];
    }
    return books;
  }
}
