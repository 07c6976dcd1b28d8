package macroscope.accuracy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.input.InputException;
import macroscope.onnx.ElementType;
import macroscope.onnx.Tensor;

/**
 * NumPy files (.npy format versions 1 to 3): read in either byte order, in C or Fortran order, with one
 * axis (a single row) or more (the last is that of columns, the others are rows, the first outermost);
 * written in C order, little-endian.
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

  /** The header and what is before it fill a multiple of so many bytes. */
  private static final int ALIGNMENT = 64;

  private static final int LONGEST_HEADER = 1 << 16;

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

  /** The matrix of a file of floats; every element must be finite. */
  public static Matrix read(Path file) {
    NpyFile npy = new NpyFile(file.toString());
    NpyArray array = npy.array(file);
    npy.require(array.isFloat(), "elements must be f2, f4 or f8: " + array.type());
    double[] values = array.values();
    for (int i = 0; i < values.length; i++) {
      npy.require(Math.abs(values[i]) <= Double.MAX_VALUE, "element " + i + " must be finite");
    }
    return new Matrix(array.rows(), array.columns(), values);
  }

  /** What a file holds, NaN and infinities included, of any type that {@link NpyArray} knows. */
  public static NpyArray readArray(Path file) {
    return new NpyFile(file.toString()).array(file);
  }

  /**
   * An array of any shape in the bytes of a file, as a network takes it.
   *
   * @param name how messages name the file
   */
  static Tensor tensor(String name, byte[] bytes) {
    NpyFile npy = new NpyFile(name);
    NpyArray array = npy.array(bytes);
    ElementType type = array.isFloat() ? ElementType.FLOAT : ElementType.INT64;
    return new Tensor(type, npy.shape(bytes), array.values());
  }

  private int[] shape(byte[] bytes) {
    int length = Math.min(bytes.length, LONGEST_HEADER);
    return shape(field(SHAPE, new String(bytes, 0, length, StandardCharsets.ISO_8859_1), "shape"));
  }

  private NpyArray array(Path path) {
    try {
      return array(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new InputException(file, "a .npy file that can be read is needed", e);
    }
  }

  private NpyArray array(byte[] bytes) {
    require(bytes.length > 12 && Arrays.equals(MAGIC, Arrays.copyOf(bytes, 6)), "not a .npy file");
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean shortLength = bytes[6] == 1; // version 1 has 16 bits of header length, later ones 32
    int length = shortLength ? Short.toUnsignedInt(buffer.getShort(8)) : buffer.getInt(8);
    int start = shortLength ? 10 : 12;
    require(length > 0 && length <= bytes.length - start, "the header is cut short");
    String header = new String(bytes, start, length, StandardCharsets.UTF_8);
    String type = field(TYPE, header, "descr");
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    String little = type.replace('>', '<');
    require(NpyArray.TYPES.contains(little), "elements must be " + NpyArray.types() + ": " + type);
    boolean fortran = field(FORTRAN, header, "fortran_order").equals("True");
    int[] shape = shape(field(SHAPE, header, "shape"));
    buffer.position(start + length);
    return array(shape, fortran, buffer.slice().order(order), little);
  }

  private NpyArray array(int[] shape, boolean fortran, ByteBuffer data, String type) {
    int width = NpyArray.width(type);
    long size = 1;
    for (int axis : shape) {
      size = axis < 1 || size > Integer.MAX_VALUE ? -1 : size * axis;
    }
    require(size > 0, "axes must have lengths of at least 1: " + Arrays.toString(shape));
    require(
        data.remaining() == size * width,
        "data must be " + size * width + " bytes long: " + data.remaining());
    long[] bits = new long[(int) size];
    Arrays.setAll(bits, i -> NpyArray.bits(data, i, width));
    int columns = shape[shape.length - 1];
    long[] ordered = fortran ? firstAxisOutermost(shape, bits) : bits;
    return new NpyArray(type, bits.length / columns, columns, ordered);
  }

  /** From Fortran order, where the first axis is innermost, to C order. */
  private static long[] firstAxisOutermost(int[] shape, long[] values) {
    long[] ordered = new long[values.length];
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

  /** Writes a matrix with two axes; the file appears whole or not at all. */
  public static void write(Path file, NpyArray array) throws IOException {
    String shape = "(" + array.rows() + ", " + array.columns() + ")";
    String header =
        "{'descr': '" + array.type() + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int used = MAGIC.length + 4 + header.length() + 1;
    int start = (used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = header + " ".repeat(start - used) + "\n";
    int width = NpyArray.width(array.type());
    ByteBuffer out = ByteBuffer.allocate(Math.addExact(start, array.bits().length * width));
    out.order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1).put((byte) 0);
    out.putShort((short) padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
    for (long bits : array.bits()) {
      for (int b = 0; b < width; b++) {
        out.put((byte) (bits >>> 8 * b));
      }
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    Files.write(unfinished, out.array());
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
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
