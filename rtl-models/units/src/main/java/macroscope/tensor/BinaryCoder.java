package macroscope.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Finds planes and factors of binary-coded quantization by alternation (Xu et al., arXiv 1802.00150,
 * algorithm 2; so LUT-GEMM, arXiv 2206.09557): greedy at first, each plane the signs of what is left and
 * their factor its mean magnitude; then factors by least squares for the planes and the nearest sum for
 * each element, in turn, until nothing changes or for fifteen rounds. Factors are rounded to their format
 * at the end, and elements take the nearest of the sums of those.
 */
final class BinaryCoder {

  /** As in LUT-GEMM's published code. */
  private static final int ROUNDS = 15;

  /** What a pivot must reach, as a part of the number of elements, for planes to be independent. */
  private static final double INDEPENDENT = 1e-9;

  private final Coding.BinaryCoded coding;

  BinaryCoder(Coding.BinaryCoded coding) {
    this.coding = coding;
  }

  /** The planes and factors of a row-major matrix of finite numbers. */
  EncodedPlanes encode(double[] x, int rows, int columns) {
    byte[] signs = new byte[x.length];
    int groups = coding.extent().count(rows, columns);
    List<double[]> factors =
        Stream.generate(() -> new double[groups]).limit(coding.factors()).toList();
    for (int group = 0; group < groups; group++) {
      Extent.Region region = coding.extent().region(group, rows, columns);
      int start = region.row() * columns + region.column();
      double[] part = Arrays.copyOfRange(x, start, start + region.columns());
      double[] found = stored(alternate(part));
      System.arraycopy(nearest(part, found), 0, signs, start, part.length);
      for (int plane = 0; plane < found.length; plane++) {
        factors.get(plane)[group] = found[plane];
      }
    }
    return new EncodedPlanes(coding, rows, columns, signs, factors);
  }

  private double[] stored(double[] factors) {
    return Arrays.stream(factors)
        .map(
            f ->
                coding
                    .stored()
                    .map(
                        format ->
                            format.decodeDouble(
                                format.encodeDouble(
                                    f, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)))
                    .orElse(f))
        .toArray();
  }

  private double[] alternate(double[] x) {
    double[] factors = greedy(x);
    byte[] signs = nearest(x, factors);
    for (int round = 0; round < ROUNDS; round++) {
      Optional<double[]> better = leastSquares(x, signs);
      if (better.isEmpty()) {
        return factors;
      }
      factors = better.get();
      byte[] next = nearest(x, factors);
      if (Arrays.equals(next, signs)) {
        return factors;
      }
      signs = next;
    }
    return factors;
  }

  private double[] greedy(double[] x) {
    double[] factors = new double[coding.factors()];
    double[] rest = x.clone();
    if (coding.offset()) {
      double mean = Arrays.stream(x).sum() / x.length;
      factors[coding.planes()] = mean;
      Arrays.setAll(rest, i -> rest[i] - mean);
    }
    for (int plane = 0; plane < coding.planes(); plane++) {
      double factor = Arrays.stream(rest).map(Math::abs).sum() / x.length;
      factors[plane] = factor;
      Arrays.setAll(rest, i -> rest[i] - (rest[i] < 0 ? -factor : factor));
    }
    return factors;
  }

  /** The digits of the nearest sum of factors; of two equally near the larger. */
  private byte[] nearest(double[] x, double[] factors) {
    double[] sums = new double[1 << coding.planes()];
    Arrays.setAll(sums, code -> sum(code, factors));
    int[] order =
        IntStream.range(0, sums.length)
            .boxed()
            .sorted(Comparator.comparingDouble(code -> sums[code]))
            .mapToInt(code -> code)
            .toArray();
    byte[] digits = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      int low = 0;
      int high = order.length - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        double border = (sums[order[middle]] + sums[order[middle + 1]]) / 2;
        if (x[i] < border) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      digits[i] = (byte) order[low];
    }
    return digits;
  }

  private double sum(int code, double[] factors) {
    double sum = coding.offset() ? factors[coding.planes()] : 0;
    for (int plane = 0; plane < coding.planes(); plane++) {
      sum += digit(code, plane) * factors[plane];
    }
    return sum;
  }

  /** -1 or 1; 1 of the offset. */
  private int digit(int code, int plane) {
    return plane == coding.planes() || (code >> plane & 1) != 0 ? 1 : -1;
  }

  /** The factors for given digits, the largest first and none negative; none if planes depend. */
  private Optional<double[]> leastSquares(double[] x, byte[] signs) {
    int unknowns = coding.factors();
    double[][] equations = new double[unknowns][unknowns + 1];
    for (int i = 0; i < x.length; i++) {
      for (int row = 0; row < unknowns; row++) {
        int digit = digit(signs[i], row);
        for (int column = 0; column < unknowns; column++) {
          equations[row][column] += digit * digit(signs[i], column);
        }
        equations[row][unknowns] += digit * x[i];
      }
    }
    return solved(equations, x.length).map(this::sorted);
  }

  /** Gauss and Jordan; the matrix is symmetric and not negative, so that pivots stay on its diagonal. */
  private static Optional<double[]> solved(double[][] equations, int count) {
    int unknowns = equations.length;
    for (int pivot = 0; pivot < unknowns; pivot++) {
      double divisor = equations[pivot][pivot];
      if (divisor < INDEPENDENT * count) {
        return Optional.empty();
      }
      for (int row = 0; row < unknowns; row++) {
        double times = row == pivot ? 0 : equations[row][pivot] / divisor;
        for (int column = pivot; column <= unknowns && times != 0; column++) {
          equations[row][column] -= times * equations[pivot][column];
        }
      }
    }
    double[] solution = new double[unknowns];
    Arrays.setAll(solution, i -> equations[i][unknowns] / equations[i][i]);
    return Optional.of(solution);
  }

  private double[] sorted(double[] factors) {
    double[] sorted = factors.clone();
    double[] planes =
        Arrays.stream(factors).limit(coding.planes()).map(Math::abs).sorted().toArray();
    for (int plane = 0; plane < planes.length; plane++) {
      sorted[plane] = planes[planes.length - 1 - plane];
    }
    return sorted;
  }
}
