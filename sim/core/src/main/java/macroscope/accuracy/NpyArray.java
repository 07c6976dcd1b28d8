package macroscope.accuracy;

import java.nio.ByteBuffer;
import java.util.List;
import macroscope.format.Formats;

/**
 * A matrix as a NumPy file holds it, bit for bit.
 *
 * @param type as NumPy names it, one of {@link #TYPES}
 * @param rows all axes but the last
 * @param columns the last axis
 * @param bits of the elements, above them zeros; row-major; shared, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record NpyArray(String type, int rows, int columns, long[] bits) {

  /** Floats, then signed, then unsigned integers. */
  static final List<String> TYPES =
      List.of("<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8");

  static String types() {
    return String.join(", ", TYPES);
  }

  /** Bytes of an element. */
  static int width(String type) {
    return type.charAt(2) - '0';
  }

  /** Element {@code i} of a file's data. */
  static long bits(ByteBuffer data, int i, int width) {
    return switch (width) {
      case 1 -> Byte.toUnsignedLong(data.get(i));
      case 2 -> Short.toUnsignedLong(data.getShort(2 * i));
      case 4 -> Integer.toUnsignedLong(data.getInt(4 * i));
      default -> data.getLong(8 * i);
    };
  }

  /** Whether elements are floats. */
  public boolean isFloat() {
    return type.charAt(1) == 'f';
  }

  /** Whether elements are unsigned integers. */
  public boolean isUnsigned() {
    return type.charAt(1) == 'u';
  }

  /** The elements; integers of 64 bits beyond 2^53 are rounded. */
  public double[] values() {
    double[] values = new double[bits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(bits[i]);
    }
    return values;
  }

  private double value(long element) {
    int unused = Long.SIZE - 8 * width(type);
    return switch (type) {
      case "<f2" -> Formats.BINARY16.decodeDouble(element);
      case "<f4" -> Float.intBitsToFloat((int) element);
      case "<f8" -> Double.longBitsToDouble(element);
      case "<u8" -> (element >>> 1) * 2.0 + (element & 1);
      default -> isUnsigned() ? element : element << unused >> unused;
    };
  }

  /** The matrix with rows and columns exchanged. */
  public NpyArray transposed() {
    long[] turned = new long[bits.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = bits[r * columns + c];
      }
    }
    return new NpyArray(type, columns, rows, turned);
  }
}
