package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * The results of a product, to which units add pass by pass. What units do is written down as it happens:
 * passes of a result that follow each other are summed together once another one comes, which is the same
 * sum in the same order; if in the end every result has had all passes in their order, that is the product
 * as the unit makes it.
 *
 * @param <P> operands as the unit wants them
 */
final class UnitPasses<P> {

  private final DotProductUnit<P> unit;
  private final EncodedMatrix a;
  private final EncodedMatrix b;
  private final int columns;
  private final int[] first;
  private final int[] end;
  private final Map<Integer, Accumulators> parts = new HashMap<>();
  private List<P> rowsOfA = List.of();
  private List<P> rowsOfB = List.of();
  private long done;

  UnitPasses(DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    this.unit = unit;
    this.a = withoutScales(a);
    this.b = withoutScales(b);
    this.columns = b.rows();
    this.first = new int[Math.multiplyExact(a.rows(), b.rows())];
    this.end = new int[first.length];
  }

  private static EncodedMatrix withoutScales(EncodedMatrix matrix) {
    if (!matrix.format().levels().isEmpty()) {
      throw new IllegalArgumentException(
          "operands of a stepped array must have no scales: " + matrix.format().name());
    }
    return matrix;
  }

  /** Each row of a matrix by itself, as one unit gets it. */
  private static <P> List<P> each(EncodedMatrix matrix, Function<EncodedMatrix, P> prepared) {
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
    int result = i * columns + j;
    if (end[result] != pass) {
      sum(result);
      first[result] = pass;
    }
    end[result] = pass + 1;
    done++;
  }

  /** Adds what has been written down of a result. */
  private void sum(int result) {
    int from = first[result] * unit.length();
    int to = Math.min(a.columns(), end[result] * unit.length());
    if (from < to) {
      if (rowsOfA.isEmpty()) {
        rowsOfA = each(a, unit::prepareA);
        rowsOfB = each(b, unit::prepareB);
      }
      P row = rowsOfA.get(result / columns);
      P column = rowsOfB.get(result % columns);
      unit.gemm(row, column, from, to, part(result));
    }
  }

  private Accumulators part(int result) {
    return parts.computeIfAbsent(result, key -> Accumulators.zeros(unit.accumulatorFormat(), 1, 1));
  }

  long done() {
    return done;
  }

  /** All results, M x N. */
  Accumulators results() {
    int passes = (a.columns() + unit.length() - 1) / unit.length();
    boolean inOrder =
        parts.isEmpty()
            && Arrays.stream(first).allMatch(pass -> pass == 0)
            && Arrays.stream(end).allMatch(pass -> pass == passes);
    if (inOrder) {
      Accumulators all = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
      unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), all);
      return all;
    }
    long[] codes = new long[first.length];
    for (int result = 0; result < codes.length; result++) {
      sum(result);
      codes[result] = part(result).codes()[0];
    }
    return new Accumulators(unit.accumulatorFormat(), a.rows(), b.rows(), codes);
  }
}
