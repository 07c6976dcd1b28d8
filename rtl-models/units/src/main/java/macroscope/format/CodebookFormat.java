package macroscope.format;

import java.util.List;

/**
 * A format whose codes index a table of values: what cannot be described by fields.
 *
 * <p>Both roundings to nearest take the lower value at a midpoint, as the quantizers of such tables
 * do; directed roundings take the neighbour on their side. Roundings that need an ulp (to odd,
 * stochastic) are refused, and so are NaN and, under {@link Overflow#NATIVE}, what lies beyond the
 * ends. Midpoints are exact, whether or not they are doubles.
 */
public final class CodebookFormat extends TableFormat {

  /**
   * @param name canonical name
   * @param byCode the value of code 0, of code 1, ...: at most 2^16, in any order; NaN for a code
   *     that is not used
   */
  public CodebookFormat(String name, List<Double> byCode) {
    super(name, byCode.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private Value midpoint(int rank) {
    return Value.midpoint(Value.of(valueOfRank(rank)), Value.of(valueOfRank(rank + 1)));
  }

  @Override
  int compareToDivide(int rank, Value x) {
    return x.compare(midpoint(rank));
  }

  @Override
  double nearDivide(int rank) {
    return valueOfRank(rank) / 2 + valueOfRank(rank + 1) / 2;
  }

  @Override
  boolean tieGoesUp(int rank, RoundingMode mode) {
    return false;
  }
}
