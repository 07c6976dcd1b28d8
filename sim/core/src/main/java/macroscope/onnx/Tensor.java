package macroscope.onnx;

import java.util.Arrays;

/**
 * An array of any rank, row-major, in double precision.
 *
 * <p>Elements of all types are held as doubles, exactly; a 64-bit integer beyond 2^53 is refused when it
 * is read.
 *
 * @param type of the elements
 * @param shape length of each axis; empty for a scalar; shared, not to be modified
 * @param values the elements; shared, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(ElementType type, int[] shape, double[] values) {

  public Tensor {
    if (values.length != size(shape)) {
      throw new IllegalArgumentException(
          "a tensor of shape "
              + Arrays.toString(shape)
              + " must have "
              + size(shape)
              + " elements: "
              + values.length);
    }
  }

  /** Of FLOAT. */
  public Tensor(int[] shape, double[] values) {
    this(ElementType.FLOAT, shape, values);
  }

  /** Of INT64, with one axis. */
  static Tensor ofIntegers(int... integers) {
    double[] values = Arrays.stream(integers).asDoubleStream().toArray();
    return new Tensor(ElementType.INT64, new int[] {integers.length}, values);
  }

  /** Number of elements of a shape. */
  public static int size(int[] shape) {
    long size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, (long) length);
    }
    return Math.toIntExact(size);
  }

  public int rank() {
    return shape.length;
  }

  /** The same elements under another shape of the same size. */
  public Tensor reshape(int... newShape) {
    return new Tensor(type, newShape, values);
  }

  /** For a matrix: rows become columns. */
  public Tensor transposed() {
    if (rank() != 2) {
      throw new IllegalArgumentException("only a matrix can be transposed: rank " + rank());
    }
    int rows = shape[0];
    int columns = shape[1];
    double[] result = new double[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * rows + r] = values[r * columns + c];
      }
    }
    return new Tensor(type, new int[] {columns, rows}, result);
  }
}
