package macroscope.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.format.CodebookFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/**
 * A matrix of integers cut into bit planes, the sign's first, so that the first planes alone are the
 * same matrix in fewer bits (Any-Precision LLM, arXiv 2402.10517; bit-serial units).
 *
 * @param matrix the whole matrix
 */
public record BitPlanes(EncodedMatrix matrix) {

  public BitPlanes {
    NumberFormat element = matrix.format().element();
    boolean sliced =
        element instanceof IntegerFormat
            || (element instanceof CodebookFormat book && isEvenlySpaced(book));
    if (!sliced || matrix.format().hasZeroPoints()) {
      throw new IllegalArgumentException(
          "bit planes need integers or evenly spaced values in order, without zero points: "
              + matrix.format().name());
    }
  }

  private static boolean isEvenlySpaced(CodebookFormat book) {
    double[] table = book.table();
    double step = table[1] - table[0];
    for (int i = 1; i < table.length; i++) {
      if (table[i] - table[i - 1] != step) {
        return false;
      }
    }
    return step > 0 && Integer.bitCount(table.length) == 1;
  }

  /** Number of planes. */
  public int count() {
    return matrix.format().element().bits();
  }

  /** One plane: bit {@code count() - 1 - plane} of every code, row-major. */
  public boolean[] plane(int plane) {
    int shift = count() - 1 - plane;
    boolean[] bits = new boolean[matrix.codes().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (matrix.codes()[i] >>> shift & 1) != 0;
    }
    return bits;
  }

  /**
   * The matrix that the first planes are: two's complement integers cut off toward negative infinity;
   * of evenly spaced values the mean of those that share the planes.
   *
   * @param planes 1..count()
   */
  public EncodedMatrix first(int planes) {
    if (planes < 1 || planes > count()) {
      throw new IllegalArgumentException("planes must be 1.." + count() + ": " + planes);
    }
    int cut = count() - planes;
    TensorFormat whole = matrix.format();
    TensorFormat format =
        new TensorFormat(
            whole.name() + "/" + planes,
            sliced(whole.element(), cut),
            whole.levels(),
            whole.coding());
    long[] codes = Arrays.stream(matrix.codes()).map(code -> code >>> cut).toArray();
    List<double[]> scales =
        IntStream.range(0, whole.levels().size()).mapToObj(matrix::scales).toList();
    return new EncodedMatrix(format, matrix.rows(), matrix.columns(), codes, scales);
  }

  private static NumberFormat sliced(NumberFormat element, int cut) {
    String name = element.name() + "/" + (element.bits() - cut);
    if (element instanceof IntegerFormat integer) {
      return new IntegerFormat(
          name, integer.bits() - cut, integer.signed(), false, integer.fractionBits() - cut);
    }
    double[] table = ((CodebookFormat) element).table();
    int share = 1 << cut;
    return new CodebookFormat(
        name,
        IntStream.range(0, table.length >> cut)
            .mapToObj(
                i ->
                    Value.midpoint(
                        Value.of(table[i * share]), Value.of(table[i * share + share - 1])))
            .map(BitPlanes::exactDouble)
            .toList());
  }

  private static double exactDouble(Value value) {
    double magnitude = Math.scalb(value.significand().doubleValue(), value.exponent());
    return value.negative() ? -magnitude : magnitude;
  }
}
