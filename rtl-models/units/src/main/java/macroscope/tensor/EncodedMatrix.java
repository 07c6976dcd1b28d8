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
 * {@code (decode(code) - zeroPoint(r, k)) * scale(r, k)}, where {@code scale} is the product of the
 * levels, outermost first, and the zero point is 0 in most formats.
 */
public final class EncodedMatrix {

  private final TensorFormat format;
  private final int rows;
  private final int columns;
  private final long[] codes;
  private final List<double[]> scales;
  private final long[] zeroPoints;
  private final Optional<ChannelOrder> order;
  private final Optional<EncodedVectors> vectors;
  private final Optional<EncodedPlanes> planes;

  /**
   * @param codes rows * columns codes; not copied, not modified
   * @param scales for each level of {@code format}, outermost first, its scales: {@code
   *     level.extent().count(rows, columns)} of them, row by row; not copied, not modified
   * @throws IllegalArgumentException if a length does not fit
   */
  public EncodedMatrix(
      TensorFormat format, int rows, int columns, long[] codes, List<double[]> scales) {
    this(format, rows, columns, codes, scales, new long[0]);
  }

  /**
   * As {@link #EncodedMatrix(TensorFormat, int, int, long[], List)}, with zero points.
   *
   * @param zeroPoints one for each innermost scale, of which it is the code that stands for zero;
   *     empty if the format has none
   */
  public EncodedMatrix(
      TensorFormat format,
      int rows,
      int columns,
      long[] codes,
      List<double[]> scales,
      long[] zeroPoints) {
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
    int innermost = scales.size() - 1;
    requireLength(
        "zero points",
        zeroPoints.length,
        format.hasZeroPoints() ? scales.get(innermost).length : 0);
    this.zeroPoints = zeroPoints;
    this.format = format;
    this.rows = rows;
    this.columns = columns;
    this.codes = codes;
    this.scales = List.copyOf(scales);
    order = Optional.empty();
    vectors = Optional.empty();
    planes = Optional.empty();
  }

  private EncodedMatrix(
      TensorFormat format, EncodedVectors vectors, long[] codes, List<double[]> scales) {
    this.format = format;
    this.rows = vectors.rows();
    this.columns = vectors.columns();
    this.codes = codes;
    this.scales = List.copyOf(scales);
    this.zeroPoints = new long[0];
    this.order = Optional.empty();
    this.vectors = Optional.of(vectors);
    this.planes = Optional.empty();
  }

  private EncodedMatrix(TensorFormat format, EncodedPlanes planes, long[] codes) {
    this.format = format;
    this.rows = planes.rows();
    this.columns = planes.columns();
    this.codes = codes;
    this.scales = List.of();
    this.zeroPoints = new long[0];
    this.order = Optional.empty();
    this.vectors = Optional.empty();
    this.planes = Optional.of(planes);
  }

  /** A matrix of planes with factors; the codes of its elements are those of the sums. */
  static EncodedMatrix of(TensorFormat format, EncodedPlanes planes) {
    return new EncodedMatrix(format, planes, codes(format, planes.decode()));
  }

  private static long[] codes(TensorFormat format, double[] values) {
    return Arrays.stream(values)
        .mapToLong(
            x -> format.element().encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
        .toArray();
  }

  /** A matrix of vectors; the codes of its elements are those of the decoded sums, without scales. */
  static EncodedMatrix of(TensorFormat format, EncodedVectors vectors, List<double[]> scales) {
    return new EncodedMatrix(format, vectors, codes(format, vectors.decode()), scales);
  }

  private EncodedMatrix(EncodedMatrix ordered, ChannelOrder order) {
    format = ordered.format;
    rows = ordered.rows;
    columns = ordered.columns;
    codes = ordered.codes;
    scales = ordered.scales;
    zeroPoints = ordered.zeroPoints;
    this.order = Optional.of(order);
    vectors = Optional.empty();
    planes = Optional.empty();
  }

  /** The planes and their factors, where that is what memory holds. */
  public Optional<EncodedPlanes> planes() {
    return planes;
  }

  /** The indices of vectors, where that is what memory holds. */
  public Optional<EncodedVectors> vectors() {
    return vectors;
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

  /** The integer that stands for zero where element (row, column) is; 0 if the format has none. */
  public long zeroPoint(int row, int column) {
    return zeroPoints.length == 0 ? 0 : zeroPoints[innermost().index(row, column, columns)];
  }

  private Extent innermost() {
    return format.levels().get(format.levels().size() - 1).extent();
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
        (start, end, scale, zero) -> {
          for (int i = start; i < end; i++) {
            values[i] = (decoder.applyAsDouble(codes[i]) - zero) * scale;
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
        (start, end, scale, zero) -> {
          float rounded = (float) scale;
          for (int i = start; i < end; i++) {
            values[i] = (float) ((decoder.applyAsDouble(codes[i]) - zero) * rounded);
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
    void visit(int start, int end, double scale, double zero);
  }

  private void forEachRun(Run visitor) {
    int run = format.run(columns);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k += run) {
        int start = r * columns + k;
        int end = start + Math.min(run, columns - k);
        visitor.visit(start, end, scale(r, k), zeroPoint(r, k));
      }
    }
  }
}
