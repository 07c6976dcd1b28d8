package macroscope.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value.Kind;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;

/**
 * An operand of a block-scaled instruction: its codes, filled up with zeros to whole passes, and the
 * scale of each block, 1 where there are no elements. Scales of rows and of the whole matrix are not
 * the instruction's.
 */
final class BlockScales {

  private final EncodedMatrix padded;
  private final int blockLength;
  private final int blocks;
  private final int[] exponents;
  private final int[] significands;
  private final boolean[] nans;

  /**
   * @param scale format of the instruction's scales
   * @param blockLength elements that share a scale
   * @param length products of a pass
   * @throws IllegalArgumentException if the matrix has scales that the instruction cannot take
   */
  BlockScales(EncodedMatrix matrix, FloatFormat scale, int blockLength, int length) {
    this.padded = padded(matrix, length);
    this.blockLength = blockLength;
    this.blocks = (padded.columns() + blockLength - 1) / blockLength;
    long[] codes = new long[Math.multiplyExact(matrix.rows(), blocks)];
    Arrays.fill(codes, code(scale, 1));
    List<Integer> levels = groupLevels(matrix.format());
    if (levels.size() > 1) {
      throw new IllegalArgumentException(
          "the instruction takes one scale a block: " + matrix.format().name());
    }
    for (int level : levels) {
      read(matrix, level, scale, codes);
    }
    this.exponents = new int[codes.length];
    this.significands = new int[codes.length];
    this.nans = new boolean[codes.length];
    FloatFields fields = new FloatFields(scale);
    for (int at = 0; at < codes.length; at++) {
      nans[at] = fields.kind(codes[at]) == Kind.NAN;
      exponents[at] = nans[at] ? 0 : fields.exponent(codes[at]);
      significands[at] = nans[at] ? 0 : (int) fields.significand(codes[at]);
    }
  }

  private static EncodedMatrix padded(EncodedMatrix matrix, int length) {
    int columns = Math.multiplyExact(length, (matrix.columns() + length - 1) / length);
    TensorFormat plain =
        new TensorFormat(matrix.format().name(), matrix.format().element(), List.of());
    long[] codes = new long[Math.multiplyExact(matrix.rows(), columns)];
    for (int row = 0; row < matrix.rows(); row++) {
      int from = row * matrix.columns();
      System.arraycopy(matrix.codes(), from, codes, row * columns, matrix.columns());
    }
    return new EncodedMatrix(plain, matrix.rows(), columns, codes, List.of());
  }

  private static List<Integer> groupLevels(TensorFormat format) {
    List<Integer> levels = new ArrayList<>();
    IntStream.range(0, format.levels().size())
        .filter(level -> format.levels().get(level).extent() instanceof Extent.Group)
        .forEach(levels::add);
    return levels;
  }

  private void read(EncodedMatrix matrix, int level, FloatFormat scale, long[] codes) {
    ScaleLevel scales = matrix.format().levels().get(level);
    int group = ((Extent.Group) scales.extent()).length();
    if (group % blockLength != 0) {
      throw new IllegalArgumentException(
          "scale groups must be multiples of a block of " + blockLength + ": " + group);
    }
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < matrix.columns(); k += blockLength) {
        int index = scales.extent().index(row, k, matrix.columns());
        codes[row * blocks + k / blockLength] = code(scale, matrix.scales(level)[index]);
      }
    }
  }

  /** The code of a scale, which must be a number of the format or NaN. */
  private static long code(FloatFormat format, double scale) {
    long code = format.encodeDouble(scale, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    if (Double.compare(format.decodeDouble(code), scale) != 0) {
      throw new IllegalArgumentException(
          "each scale must be a number of " + format.name() + ": " + scale);
    }
    return code;
  }

  /** The codes, filled up to whole passes, without scales. */
  EncodedMatrix padded() {
    return padded;
  }

  /** Where the scale of element (row, k) lies in what follows. */
  int index(int row, int k) {
    return row * blocks + k / blockLength;
  }

  /** Exponent of a scale; that of a zero is -126, as of any operand, that of a NaN 0. */
  int exponent(int index) {
    return exponents[index];
  }

  /** Exponent of the scale of element (row, k). */
  int exponent(int row, int k) {
    return exponents[index(row, k)];
  }

  /** Significand of a scale; a NaN has 0. */
  long significand(int index) {
    return significands[index];
  }

  /** Rows that have a scale of the elements k = from..to-1 which is NaN. */
  boolean[] nanRows(int from, int to) {
    boolean[] rows = new boolean[padded.rows()];
    for (int row = 0; row < rows.length; row++) {
      for (int k = from / blockLength * blockLength; k < to; k += blockLength) {
        rows[row] |= nans[index(row, k)];
      }
    }
    return rows;
  }
}
