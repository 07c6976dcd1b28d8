package macroscope.machine;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Fits a machine's constants on measured times: the mean of |predicted - measured| / measured is made
 * least by a pattern search (Hooke and Jeeves, J. ACM 8, 1961) on the constants' logarithms, which
 * needs no derivative and always gives the same constants for the same rows.
 *
 * @param <M> the machine
 */
public final class ConstantFit<M extends TimedMachine<M>> {

  private static final double FIRST_STEP = 0.1;
  private static final double LAST_STEP = 2e-4;

  private final M machine;
  private final List<Row<M>> rows;

  /**
   * One measurement.
   *
   * @param name what tells it from others
   * @param predicted the time that a machine would take
   * @param measured in the same unit, above 0
   * @param <M> the machine
   */
  public record Row<M>(String name, ToDoubleFunction<M> predicted, double measured) {

    /** (predicted - measured) / measured on a machine. */
    public double error(M machine) {
      return predicted.applyAsDouble(machine) / measured - 1;
    }
  }

  public ConstantFit(M machine, List<Row<M>> rows) {
    this.machine = machine;
    this.rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a fit needs at least one measurement");
    }
  }

  /** The machine with the constants that fit all rows best. */
  public M fitted() {
    return search(machine, rows);
  }

  /** For each row, its error on the machine that is fitted on the other rows; needs two rows. */
  public double[] leaveOneOutErrors() {
    if (rows.size() < 2) {
      throw new IllegalArgumentException("leaving one out needs at least two measurements");
    }
    M start = fitted();
    return IntStream.range(0, rows.size()).mapToDouble(i -> errorLeftOut(start, i)).toArray();
  }

  private double errorLeftOut(M start, int left) {
    List<Row<M>> others =
        IntStream.range(0, rows.size()).filter(i -> i != left).mapToObj(rows::get).toList();
    return rows.get(left).error(search(start, others));
  }

  private M search(M start, List<Row<M>> used) {
    double[] best = start.constants().stream().mapToDouble(FittedConstant::value).toArray();
    double least = meanError(start, used);
    double step = FIRST_STEP;
    while (step > LAST_STEP) {
      boolean better = false;
      for (int i = 0; i < best.length; i++) {
        for (double factor : new double[] {Math.exp(step), Math.exp(-step)}) {
          double[] tried = moved(start.constants().get(i), best, i, factor);
          double error = meanError(start.with(tried), used);
          if (error < least) {
            least = error;
            best = tried;
            better = true;
          }
        }
      }
      step = better ? step : step / 2;
    }
    return start.with(best);
  }

  private static double[] moved(FittedConstant range, double[] from, int index, double factor) {
    double[] to = Arrays.copyOf(from, from.length);
    to[index] = Math.max(range.least(), Math.min(range.greatest(), to[index] * factor));
    return to;
  }

  private static <M> double meanError(M machine, List<Row<M>> rows) {
    return rows.stream().mapToDouble(row -> Math.abs(row.error(machine))).average().orElseThrow();
  }
}
