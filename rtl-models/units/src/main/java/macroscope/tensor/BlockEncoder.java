package macroscope.tensor;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import macroscope.format.BulkEncoder;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * Quantizes binary32 matrices to an MX format in bulk: element codes and e8m0 scales as bytes. Gives
 * what {@link Quantizer} gives with ties to even, by test.
 *
 * <p>Elements are multiplied by powers of two in binary32. That is exact unless the product is
 * subnormal, and then it rounds to zero in every format here.
 */
public final class BlockEncoder {

  private static final int INFINITY = 0x7F800000;
  private static final int FRACTION_BITS = 23;
  private static final int E8M0_BIAS = 127;

  private final TensorFormat format;
  private final BulkEncoder elements;
  private final int length;
  private final int emax;

  private BlockEncoder(TensorFormat format, BulkEncoder elements, int length) {
    this.format = format;
    this.elements = elements;
    this.length = length;
    this.emax = Math.getExponent(format.coding().reaches(format.element())[0]);
  }

  /**
   * The encoder of a format, if it has one level of e8m0 scales by the floor rule of OCP MX for groups
   * of a row, and elements of at most 8 bits.
   */
  public static Optional<BlockEncoder> of(TensorFormat format) {
    return of(
        format, element -> BulkEncoder.of(element, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE));
  }

  /** As {@link #of(TensorFormat)} with elements by {@link BulkEncoder#vectorized}. */
  public static Optional<BlockEncoder> vectorized(TensorFormat format) {
    return of(
        format,
        element -> BulkEncoder.vectorized(element, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE));
  }

  private static Optional<BlockEncoder> of(
      TensorFormat format, Function<NumberFormat, BulkEncoder> elements) {
    boolean single = format.coding() instanceof Coding.Single && format.levels().size() == 1;
    if (!single || format.element().bits() > Byte.SIZE || !subnormalsAreZero(format.element())) {
      return Optional.empty();
    }
    ScaleLevel level = format.levels().get(0);
    boolean microscaling =
        level.rule() == ScaleRule.POWER_OF_TWO_FLOOR
            && level.format().equals(Optional.of(Formats.E8M0));
    return microscaling && level.extent() instanceof Extent.Group group
        ? Optional.of(new BlockEncoder(format, elements.apply(format.element()), group.length()))
        : Optional.empty();
  }

  private static boolean subnormalsAreZero(NumberFormat element) {
    double least = Float.MIN_NORMAL;
    return element.decodeDouble(
            element.encodeDouble(least, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
        == 0;
  }

  /** How many scales a matrix of this shape has: those of its blocks, row by row. */
  public int scales(int rows, int columns) {
    return new Extent.Group(length).count(rows, columns);
  }

  /**
   * Quantizes a row-major rows x columns matrix.
   *
   * @param codes rows * columns or more element codes, row-major
   * @param scales {@link #scales} or more e8m0 codes, row by row
   * @throws IllegalArgumentException if a length does not fit or an element is NaN or infinite; codes
   *     may then have been written
   */
  public void encode(float[] x, int rows, int columns, byte[] codes, byte[] scales) {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    if (x.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "elements must number " + rows + " x " + columns + ": " + x.length);
    }
    Objects.checkFromToIndex(0, x.length, codes.length);
    Objects.checkFromToIndex(0, scales(rows, columns), scales.length);
    int block = 0;
    for (int row = 0; row < rows; row++) {
      int end = (row + 1) * columns;
      for (int start = row * columns; start < end; start += length) {
        int stop = Math.min(start + length, end);
        int scale = scale(largest(x, start, stop), start, columns);
        elements.encodeProducts(x, start, stop, powerOfTwo(E8M0_BIAS - scale), codes);
        scales[block++] = (byte) scale;
      }
    }
  }

  /** The bits of the largest magnitude. */
  private static int largest(float[] x, int from, int to) {
    int largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(x[i]) & Integer.MAX_VALUE);
    }
    return largest;
  }

  /** The e8m0 code; that of 2^-126 for zeros, as {@link ScaleRule#POWER_OF_TWO_FLOOR} has it. */
  private int scale(int largest, int start, int columns) {
    if (largest >= INFINITY) {
      throw new IllegalArgumentException(
          format.name()
              + ": every element must be finite; one is not in the block at row "
              + (start / columns + ", column " + start % columns));
    }
    int field = largest == 0 ? 1 : largest >>> FRACTION_BITS;
    return Math.max(0, field - emax);
  }

  /** 2^exponent, -127..127. */
  private static float powerOfTwo(int exponent) {
    return Math.scalb(1.0f, exponent);
  }
}
