package macroscope.accuracy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.input.InputException;

/**
 * Reads a matrix from a NumPy file (.npy format versions 1 to 3): f2, f4 or f8 of either byte order, in
 * C or Fortran order, with one axis (a single row) or more (the last is K, the others are rows, the
 * first outermost).
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");
  private static final Set<String> TYPES = Set.of("<f2", "<f4", "<f8", ">f2", ">f4", ">f8");

  private final String file;

  private NpyFile(String file) {
    this.file = file;
  }

  /**
   * A matrix, row-major.
   *
   * @param values rows * columns elements, exactly those of the file; shared, not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Matrix(int rows, int columns, double[] values) {}

  /** The matrix of a file; every element must be finite. */
  public static Matrix read(Path file) {
    try {
      return new NpyFile(file.toString()).matrix(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file.toString(), "a .npy file that can be read is needed", e);
    }
  }

  private Matrix matrix(byte[] bytes) {
    require(bytes.length > 12 && Arrays.equals(MAGIC, Arrays.copyOf(bytes, 6)), "not a .npy file");
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean shortLength = bytes[6] == 1; // version 1 has 16 bits of header length, later ones 32
    int length = shortLength ? Short.toUnsignedInt(buffer.getShort(8)) : buffer.getInt(8);
    int start = shortLength ? 10 : 12;
    require(length > 0 && length <= bytes.length - start, "the header is cut short");
    String header = new String(bytes, start, length, StandardCharsets.UTF_8);
    String type = field(TYPE, header, "descr");
    require(TYPES.contains(type), "elements must be f2, f4 or f8: " + type);
    boolean fortran = field(FORTRAN, header, "fortran_order").equals("True");
    int[] shape = shape(field(SHAPE, header, "shape"));
    buffer.position(start + length);
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return matrix(shape, fortran, buffer.slice().order(order), type);
  }

  private Matrix matrix(int[] shape, boolean fortran, ByteBuffer data, String type) {
    int width = type.charAt(2) - '0';
    long size = 1;
    for (int axis : shape) {
      size = axis < 1 || size > Integer.MAX_VALUE ? -1 : size * axis;
    }
    require(size > 0, "axes must have lengths of at least 1: " + Arrays.toString(shape));
    require(
        data.remaining() == size * width,
        "data must be " + size * width + " bytes long: " + data.remaining());
    IntToDoubleFunction element = element(type, data);
    double[] values = new double[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.applyAsDouble(i);
      require(Math.abs(values[i]) <= Double.MAX_VALUE, "element " + i + " must be finite");
    }
    int columns = shape[shape.length - 1];
    double[] ordered = fortran ? firstAxisOutermost(shape, values) : values;
    return new Matrix(values.length / columns, columns, ordered);
  }

  /** From Fortran order, where the first axis is innermost, to C order. */
  private static double[] firstAxisOutermost(int[] shape, double[] values) {
    double[] ordered = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int place = 0;
      int left = i;
      for (int axis : shape) {
        place = place * axis + left % axis;
        left /= axis;
      }
      ordered[place] = values[i];
    }
    return ordered;
  }

  private static IntToDoubleFunction element(String type, ByteBuffer data) {
    NumberFormat half = Formats.BINARY16;
    return switch (type.substring(1)) {
      case "f2" -> i -> half.decodeDouble(Short.toUnsignedLong(data.getShort(2 * i)));
      case "f4" -> i -> data.getFloat(4 * i);
      default -> i -> data.getDouble(8 * i);
    };
  }

  private int[] shape(String text) {
    String[] parts = text.isBlank() ? new String[0] : text.split(" *, *");
    require(parts.length > 0, "an array with at least one axis is needed");
    try {
      return Arrays.stream(parts).mapToInt(part -> Integer.parseInt(part.trim())).toArray();
    } catch (NumberFormatException e) {
      throw new InputException(file, "axes must be shorter than 2^31: (" + text + ")", e);
    }
  }

  private String field(Pattern pattern, String header, String name) {
    Matcher matcher = pattern.matcher(header);
    require(matcher.find(), "the header has no " + name);
    return matcher.group(1);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new InputException(file, rule);
    }
  }
}
