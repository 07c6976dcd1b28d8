package macroscope.unit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;

/**
 * What a matrix of weights tells of the sums that it takes part in: for each sum that is accumulated at
 * once, the sums of its positive and of its negative weights.
 *
 * @param format of the weights
 * @param products most products of a sum
 * @param rows those of all sums, in units of the least bit of the format
 */
public record WeightSums(NumberFormat format, int products, Set<Row> rows) {

  /**
   * Weights that meet in one accumulator.
   *
   * @param positive sum of those above 0
   * @param negative sum of those below 0
   */
  public record Row(BigInteger positive, BigInteger negative) {
    BigInteger norm() {
      return positive.subtract(negative);
    }
  }

  public WeightSums {
    rows = Set.copyOf(rows);
  }

  /**
   * The sums of a matrix.
   *
   * @param weights N x K; a sum ends where scales change along K
   * @throws IllegalArgumentException if the elements are neither integers nor floats
   */
  public static WeightSums of(EncodedMatrix weights) {
    NumberFormat format = SumRange.requireFixedPoint(weights.format().element());
    Map<Long, BigInteger> numbers = new HashMap<>();
    Set<Row> rows = new HashSet<>();
    int run = weights.format().run(weights.columns());
    for (int row = 0; row < weights.rows(); row++) {
      for (int from = 0; from < weights.columns(); from += run) {
        int to = Math.min(from + run, weights.columns());
        rows.add(row(counts(weights, row, from, to), format, numbers));
      }
    }
    return new WeightSums(format, run, rows);
  }

  private static Map<Long, Integer> counts(EncodedMatrix weights, int row, int from, int to) {
    Map<Long, Integer> counts = new HashMap<>();
    for (int k = from; k < to; k++) {
      counts.merge(weights.code(row, k), 1, Integer::sum);
    }
    return counts;
  }

  private static Row row(
      Map<Long, Integer> counts, NumberFormat format, Map<Long, BigInteger> numbers) {
    BigInteger positive = BigInteger.ZERO;
    BigInteger negative = BigInteger.ZERO;
    for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
      BigInteger number =
          numbers.computeIfAbsent(
              entry.getKey(), code -> SumRange.integer(format, format.decode(code)));
      BigInteger sum = number.multiply(BigInteger.valueOf(entry.getValue()));
      if (sum.signum() > 0) {
        positive = positive.add(sum);
      } else {
        negative = negative.add(sum);
      }
    }
    return new Row(positive, negative);
  }

  /** The sums that any weights of the format can make, as the data types alone bound them. */
  SumRange ofFormats(NumberFormat a) {
    return SumRange.ofFormats(a, format, products);
  }

  /**
   * The sums that any activations can make with these weights: each weight meets the activation that
   * is worst for it. FINN narrows its accumulators so (minimize_accumulator_width of its matrix-vector
   * unit, Xilinx/finn).
   *
   * @param a format of the activations
   */
  SumRange ofWeights(NumberFormat a) {
    SumRange x = SumRange.ofNumbers(SumRange.requireFixedPoint(a));
    return rows.stream()
        .map(row -> x.times(row.positive()).plus(x.times(row.negative())))
        .reduce(SumRange.ZERO, SumRange::or);
  }

  /**
   * The sums that the l1 norm of each row allows: at most norm times the largest activation, with
   * either sign. Never narrower than {@link #ofWeights}; what accumulator-aware training bounds (A2Q,
   * arXiv 2308.13504, section 3.2).
   *
   * @param a format of the activations
   */
  SumRange ofNorm(NumberFormat a) {
    SumRange x = SumRange.ofNumbers(SumRange.requireFixedPoint(a));
    BigInteger largest = x.most().max(x.least().negate());
    BigInteger most =
        rows.stream().map(Row::norm).reduce(BigInteger.ZERO, BigInteger::max).multiply(largest);
    return new SumRange(most.negate(), most);
  }
}
