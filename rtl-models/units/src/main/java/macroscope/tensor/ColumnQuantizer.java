package macroscope.tensor;

import java.util.Arrays;
import macroscope.format.Conversion;
import macroscope.format.IntegerFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Brings a matrix to a tensor format column by column, in any order, while the columns that are still
 * to come may change: what error feedback needs. Element by element it is what {@link Quantizer} does
 * with the same scales.
 *
 * <p>Elements saturate.
 */
public final class ColumnQuantizer {
  private static final Conversion NEAREST =
      Conversion.of(RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);

  private final TensorFormat format;
  private final double[] x;
  private final int rows;
  private final int columns;
  private final Scaler scaler;
  private final long[] codes;

  /**
   * Scales from the elements as they are now.
   *
   * @param x row-major; not copied: {@link #begin} reads what it holds then
   * @throws IllegalArgumentException if elements of the format depend on each other but for scales
   */
  public ColumnQuantizer(TensorFormat format, double[] x, int rows, int columns) {
    if (!(format.coding() instanceof Coding.Single)) {
      throw new IllegalArgumentException(
          "elements must depend on each other by scales alone: " + format.name());
    }
    Quantizer.requireFinite(x, rows, columns);
    this.format = format;
    this.x = x;
    this.rows = rows;
    this.columns = columns;
    this.scaler = new Scaler(format, NEAREST, x, rows, columns).find();
    this.codes = new long[x.length];
    long zero = format.element().encodeDouble(0, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    Arrays.fill(codes, zero);
  }

  /** Whether innermost scales begin at a column: those of groups, or of everything. */
  public boolean begins(int column) {
    return column % format.run(columns) == 0;
  }

  /** Finds the innermost scales that begin at a column again, from the elements as they are now. */
  public void begin(int column) {
    if (!format.levels().isEmpty() && begins(column)) {
      scaler.findAgain(column);
    }
  }

  /** The scale of an element: the product of its levels, outermost first. */
  public double scale(int row, int column) {
    return scaler.product(row, column);
  }

  /** Rounds a value that stands at (row, column), keeps its code and returns what is read back. */
  public double round(int row, int column, double value) {
    long code = code(row, column, value, RoundingMode.TIES_TO_EVEN);
    keep(row, column, code);
    return value(row, column, code);
  }

  /** The code of a value that would stand at (row, column); that of zero under a scale of zero. */
  public long code(int row, int column, double value, RoundingMode rounding) {
    double scale = scale(row, column);
    double quotient = scale == 0 ? 0 : value / scale;
    if (format.hasZeroPoints() && format.element() instanceof IntegerFormat element) {
      long[] code = new long[1];
      new ZeroPointEncoder(element, Conversion.of(rounding, Overflow.SATURATE))
          .encode(new double[] {quotient}, 0, 1, 1, zeroPoint(row, column), code);
      return code[0];
    }
    return format.element().encodeDouble(quotient, rounding, Overflow.SATURATE);
  }

  /** What is read back of a code at (row, column). */
  public double value(int row, int column, long code) {
    return (format.element().decodeDouble(code) - zeroPoint(row, column)) * scale(row, column);
  }

  /** Keeps a code. */
  public void keep(int row, int column, long code) {
    codes[row * columns + column] = code;
  }

  private long zeroPoint(int row, int column) {
    if (!format.hasZeroPoints()) {
      return 0;
    }
    Extent extent = format.levels().get(format.levels().size() - 1).extent();
    return scaler.zeroPoints()[extent.index(row, column, columns)];
  }

  /** The matrix of all codes so far; elements that were never rounded are zero. */
  public EncodedMatrix encoded() {
    return format.hasZeroPoints()
        ? new EncodedMatrix(
            format, rows, columns, codes.clone(), scaler.scales(), scaler.zeroPoints())
        : new EncodedMatrix(format, rows, columns, codes.clone(), scaler.scales());
  }
}
