package macroscope.accuracy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import macroscope.format.CodebookFormat;
import macroscope.format.NumberFormat;
import macroscope.tensor.VectorCodebook;
import macroscope.tensor.VectorFormat;

/**
 * Codebooks from data by k-means with k-means++ seeding (Arthur and Vassilvitskii 2007): least squared
 * error, up to a local optimum. The same data and seed give the same codebook.
 *
 * @param seed of the choice of samples and of first centres
 * @param samples at most this many vectors are clustered, evenly spaced over the data
 * @param iterations at most
 */
public record CodebookLearning(long seed, int samples, int iterations) {

  public CodebookLearning {
    if (samples < 2 || iterations < 1) {
      throw new IllegalArgumentException(
          "samples must be 2 or more, iterations 1 or more: " + samples + ", " + iterations);
    }
  }

  /** Up to 32,768 vectors and 100 iterations. */
  public static CodebookLearning seeded(long seed) {
    return new CodebookLearning(seed, 1 << 15, 100);
  }

  /**
   * A scalar codebook for numbers that are divided by the largest magnitude of their group, as NF4 is
   * used: its ends are -1 and 1 and it has an exact zero, as AF4 has (Yoshida: NF4 Isn't Information
   * Theoretically Optimal, arXiv 2306.06965, which minimises absolute error instead). The learnt values
   * nearest to those three give way to them.
   *
   * @param x a matrix of rows of {@code columns}
   * @param group elements of a row that share a scale
   * @param bits of a code, 2..16
   */
  public CodebookFormat normalized(String name, double[] x, int columns, int group, int bits) {
    requireBits(bits, 2);
    double[] normalized = divideByAbsmax(x, columns, group);
    double[] values = values(normalized, bits);
    pin(values, 0);
    values[0] = -1;
    values[values.length - 1] = 1;
    return new CodebookFormat(name, DoubleStream.of(values).boxed().toList());
  }

  /** A scalar codebook for numbers as they are. */
  public CodebookFormat scalar(String name, double[] x, int bits) {
    requireBits(bits, 1);
    return new CodebookFormat(name, DoubleStream.of(values(x, bits)).boxed().toList());
  }

  /**
   * Codebooks for vectors of a matrix, each learnt on what those before leave over.
   *
   * @param indexBits of each stage
   * @param stored format of the entries
   */
  public VectorFormat vectors(
      String name,
      double[] x,
      int columns,
      int dimension,
      List<Integer> indexBits,
      NumberFormat stored) {
    List<double[]> rest = VectorFormat.vectorsOf(x, columns, dimension);
    List<VectorCodebook> stages =
        indexBits.stream().map(bits -> stage(rest, dimension, bits, stored)).toList();
    return new VectorFormat(name, stages);
  }

  private VectorCodebook stage(List<double[]> rest, int dimension, int bits, NumberFormat stored) {
    requireBits(bits, 1);
    VectorCodebook book = VectorCodebook.rounded(stored, dimension, centres(rest, bits));
    for (double[] vector : rest) {
      int index = book.nearest(vector, 0);
      for (int i = 0; i < dimension; i++) {
        vector[i] -= book.element(index, i);
      }
    }
    return book;
  }

  private double[] values(double[] x, int bits) {
    List<double[]> points = DoubleStream.of(x).mapToObj(v -> new double[] {v}).toList();
    double[] values = DoubleStream.of(centres(points, bits)).sorted().toArray();
    if (Arrays.stream(values).distinct().count() < values.length) {
      throw new IllegalArgumentException("data must have " + values.length + " distinct values");
    }
    return values;
  }

  /** The centres, one after the other. */
  private double[] centres(List<double[]> points, int bits) {
    List<double[]> chosen = sample(points);
    if (chosen.size() < 1 << bits) {
      throw new IllegalArgumentException(
          "data must have " + (1 << bits) + " vectors for as many entries: " + chosen.size());
    }
    double[] joined = chosen.stream().flatMapToDouble(Arrays::stream).toArray();
    return KMeans.centres(chosen.get(0).length, joined, 1 << bits, iterations, seed);
  }

  /** Every point, or one of each of {@code samples} equal stretches, chosen by the seed. */
  private List<double[]> sample(List<double[]> points) {
    if (points.size() <= samples) {
      return points;
    }
    SplittableRandom random = new SplittableRandom(seed);
    long count = points.size();
    return IntStream.range(0, samples)
        .mapToObj(
            i -> points.get((int) random.nextLong(i * count / samples, (i + 1) * count / samples)))
        .toList();
  }

  private static double[] divideByAbsmax(double[] x, int columns, int group) {
    double[] divided = new double[x.length];
    for (int row = 0; row < x.length; row += columns) {
      for (int k = 0; k < columns; k += group) {
        int end = row + Math.min(k + group, columns);
        double absmax = Arrays.stream(x, row + k, end).map(Math::abs).max().orElse(0);
        for (int i = row + k; i < end; i++) {
          divided[i] = absmax == 0 ? 0 : x[i] / absmax;
        }
      }
    }
    return divided;
  }

  /** Sets the value nearest to {@code pinned} to it. */
  private static void pin(double[] values, double pinned) {
    int nearest = 1;
    for (int i = 1; i < values.length - 1; i++) {
      if (Math.abs(values[i] - pinned) < Math.abs(values[nearest] - pinned)) {
        nearest = i;
      }
    }
    values[nearest] = pinned;
  }

  private static void requireBits(int bits, int least) {
    if (bits < least || bits > 16) {
      throw new IllegalArgumentException("bits of a code must be " + least + "..16: " + bits);
    }
  }
}
