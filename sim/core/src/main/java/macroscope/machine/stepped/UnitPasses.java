package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * The results of a product, each an accumulator of its own, to which units add pass by pass. Passes of
 * a result that follow each other are added together once the next one does not follow, which is the
 * same sum in the same order.
 *
 * @param <P> operands as the unit wants them
 */
final class UnitPasses<P> {

  private final DotProductUnit<P> unit;
  private final List<P> rows;
  private final List<P> columns;
  private final int depth;
  private final List<Accumulators> results = new ArrayList<>();
  private final int[] first;
  private final int[] end;
  private long done;

  UnitPasses(DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    this.unit = unit;
    this.depth = a.columns();
    this.rows = each(a, unit::prepareA);
    this.columns = each(b, unit::prepareB);
    for (int i = 0; i < rows.size() * columns.size(); i++) {
      results.add(Accumulators.zeros(unit.accumulatorFormat(), 1, 1));
    }
    this.first = new int[results.size()];
    this.end = new int[results.size()];
  }

  /** Each row of a matrix by itself, as one unit gets it. */
  private static <P> List<P> each(EncodedMatrix matrix, Function<EncodedMatrix, P> prepared) {
    if (!matrix.format().levels().isEmpty()) {
      throw new IllegalArgumentException(
          "operands of a stepped array must have no scales: " + matrix.format().name());
    }
    List<P> rows = new ArrayList<>();
    for (int row = 0; row < matrix.rows(); row++) {
      long[] codes = new long[matrix.columns()];
      for (int k = 0; k < codes.length; k++) {
        codes[k] = matrix.code(row, k);
      }
      rows.add(
          prepared.apply(
              new EncodedMatrix(matrix.format(), 1, matrix.columns(), codes, List.of())));
    }
    return rows;
  }

  /** One unit adds the products of one pass of row i by column j. */
  void add(int i, int j, int pass) {
    int result = i * columns.size() + j;
    if (end[result] != pass) {
      sum(result);
      first[result] = pass;
    }
    end[result] = pass + 1;
    done++;
  }

  private void sum(int result) {
    int from = first[result] * unit.length();
    int to = Math.min(depth, end[result] * unit.length());
    first[result] = end[result];
    if (from < to) {
      P row = rows.get(result / columns.size());
      P column = columns.get(result % columns.size());
      unit.gemm(row, column, from, to, results.get(result));
    }
  }

  long done() {
    return done;
  }

  /** All results, M x N. */
  Accumulators results() {
    for (int result = 0; result < first.length; result++) {
      sum(result);
    }
    long[] codes = results.stream().flatMapToLong(one -> Arrays.stream(one.codes())).toArray();
    return new Accumulators(unit.accumulatorFormat(), rows.size(), columns.size(), codes);
  }
}
