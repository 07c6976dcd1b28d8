package macroscope.verify;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Spearman's rank correlation: Pearson's correlation of the ranks, ties at their mean rank. */
final class RankCorrelation {

  private RankCorrelation() {}

  /** Rho of two arrays of one length; empty with fewer than two values or where all ranks tie. */
  static OptionalDouble spearman(double[] x, double[] y) {
    double[] ranksX = ranks(x);
    double[] ranksY = ranks(y);
    double mean = (x.length + 1) / 2.0;
    double both = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int i = 0; i < x.length; i++) {
      both += (ranksX[i] - mean) * (ranksY[i] - mean);
      squaresX += (ranksX[i] - mean) * (ranksX[i] - mean);
      squaresY += (ranksY[i] - mean) * (ranksY[i] - mean);
    }
    return squaresX == 0 || squaresY == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(both / Math.sqrt(squaresX * squaresY));
  }

  /** Ranks from 1; equal values share the mean of theirs. */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
