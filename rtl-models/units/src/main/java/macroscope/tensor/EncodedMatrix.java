package macroscope.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import macroscope.format.CodebookFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * A matrix as memory holds it: one code an element and the scales of each level of its format.
 *
 * <p>Row-major; the contraction axis K is always the column axis, so that both operands of a product
 * are read along their rows: activations are M x K, weights N x K. The value of element (r, k) is
 * {@code decode(code) * scale(r, k)}, where {@code scale} is the product of the levels, outermost
 * first.
 */
public final class EncodedMatrix {

  private final TensorFormat format;
  private final int rows;
  private final int columns;
  private final long[] codes;
  private final List<double[]> scales;
  private final Optional<ChannelOrder> order;

  /**
   * @param codes rows * columns codes; not copied, not modified
   * @param scales for each level of {@code format}, outermost first, its scales: {@code
   *     level.extent().count(rows, columns)} of them, row by row; not copied, not modified
   * @throws IllegalArgumentException if a length does not fit
   */
  public EncodedMatrix(
      TensorFormat format, int rows, int columns, long[] codes, List<double[]> scales) {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    requireLength("codes", codes.length, (long) rows * columns);
    requireLength("scale levels", scales.size(), format.levels().size());
    for (int level = 0; level < scales.size(); level++) {
      requireLength(
          "scales of level " + level,
          scales.get(level).length,
          format.levels().get(level).extent().count(rows, columns));
    }
    this.format = format;
    this.rows = rows;
    this.columns = columns;
    this.codes = codes;
    this.scales = List.copyOf(scales);
    order = Optional.empty();
  }

  private EncodedMatrix(EncodedMatrix ordered, ChannelOrder order) {
    format = ordered.format;
    rows = ordered.rows;
    columns = ordered.columns;
    codes = ordered.codes;
    scales = ordered.scales;
    this.order = Optional.of(order);
  }

  /** This matrix, as one whose columns are in {@code order}. */
  EncodedMatrix inOrder(ChannelOrder order) {
    return new EncodedMatrix(this, order);
  }

  /**
   * The order that the columns of codes and scales are in, where it is not the matrix's own. A product
   * needs both operands in one order.
   */
  public Optional<ChannelOrder> order() {
    return order;
  }

  private static void requireLength(String what, long actual, long expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " must number " + expected + ": " + actual);
    }
  }

  public TensorFormat format() {
    return format;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The codes, row-major; shared, not to be modified. */
  public long[] codes() {
    return codes;
  }

  public long code(int row, int column) {
    return codes[row * columns + column];
  }

  /** The scales of one level, row by row; shared, not to be modified. */
  public double[] scales(int level) {
    return scales.get(level);
  }

  /** The real factor of element (row, column): the product of all levels, outermost first; 1 if none. */
  public double scale(int row, int column) {
    double product = 1;
    for (int level = 0; level < scales.size(); level++) {
      Extent extent = format.levels().get(level).extent();
      product *= scales.get(level)[extent.index(row, column, columns)];
    }
    return product;
  }

  /**
   * The code of a stored scale.
   *
   * @param index as {@link Extent#index} numbers the scales of the level
   * @throws IllegalArgumentException if the level's scales are real numbers without a format
   */
  public long scaleCode(int level, int index) {
    NumberFormat stored =
        format
            .levels()
            .get(level)
            .format()
            .orElseThrow(
                () -> new IllegalArgumentException(format.name() + " has no format for scales"));
    return stored.encodeDouble(
        scales.get(level)[index], RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /**
   * The value of every element, row-major and in the matrix's own order of columns: {@code
   * decode(code) * scale}, in double precision.
   */
  public double[] decode() {
    double[] values = new double[codes.length];
    LongToDoubleFunction decoder = decoder();
    forEachRun(
        (start, end, scale) -> {
          for (int i = start; i < end; i++) {
            values[i] = decoder.applyAsDouble(codes[i]) * scale;
          }
        });
    return order.map(o -> o.undo(values)).orElse(values);
  }

  /**
   * The value of every element as software in binary32 finds it: the product of the scales is
   * rounded to binary32, and so is its product with the element. Equal to {@link #decode} rounded,
   * unless the product of the scales has more than 24 bits, as that of nvfp4 has.
   */
  public float[] decodeBinary32() {
    float[] values = new float[codes.length];
    LongToDoubleFunction decoder = decoder();
    forEachRun(
        (start, end, scale) -> {
          float rounded = (float) scale;
          for (int i = start; i < end; i++) {
            values[i] = (float) (decoder.applyAsDouble(codes[i]) * rounded);
          }
        });
    return order.map(o -> o.undo(values)).orElse(values);
  }

  /** Decodes an element; by table where a table is small beside the matrix. */
  private LongToDoubleFunction decoder() {
    NumberFormat element = format.element();
    if (element instanceof CodebookFormat codebook) {
      double[] table = codebook.table();
      return code -> table[(int) code];
    }
    if (element.bits() > 16 || codes.length < 4 << element.bits()) {
      return element::decodeDouble;
    }
    double[] table = new double[1 << element.bits()];
    Arrays.setAll(table, code -> element.isCode(code) ? element.decodeDouble(code) : Double.NaN);
    return code -> table[(int) code];
  }

  private interface Run {
    void visit(int start, int end, double scale);
  }

  private void forEachRun(Run visitor) {
    int run = format.run(columns);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k += run) {
        int start = r * columns + k;
        visitor.visit(start, start + Math.min(run, columns - k), scale(r, k));
      }
    }
  }
}
