package macroscope.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param name its name
 * @param type of its elements
 * @param shape length of each axis; {@link #FREE} for one that the file leaves open; shared, not to be
 *     modified
 * @param axes names of the axes that the file leaves open, empty where it names none; one an axis
 */
@SuppressWarnings("ArrayRecordComponent")
public record Port(String name, ElementType type, int[] shape, List<String> axes) {

  public Port {
    axes = List.copyOf(axes);
  }

  /** Length of an axis that is given only when the network runs. */
  public static final int FREE = -1;

  /** The shape for a batch of so many samples: the first axis is the batch. */
  public int[] shape(int batch) {
    int[] result = shape.clone();
    if (result.length > 0) {
      result[0] = batch;
    }
    return result;
  }

  /** How messages and options call an axis: by its name, else {@code input[1]}. */
  public String axis(int index) {
    String named = axes.get(index);
    return named.isEmpty() ? name + "[" + index + "]" : named;
  }

  /** Whether all axes but the batch have a length. */
  public boolean isFixed() {
    return Arrays.stream(shape).skip(1).allMatch(length -> length > 0);
  }

  /**
   * Elements of one sample.
   *
   * @throws IllegalStateException if axes are free
   */
  public int sampleSize() {
    if (!isFixed()) {
      throw new IllegalStateException("samples of " + name + " have no size of their own");
    }
    return Tensor.size(shape(1));
  }

  /** Whether a value of this shape is what the file declares of an output, if it does. */
  boolean admits(int[] found, int batch) {
    int[] declared = shape.length > 0 && (shape[0] == 1 || shape[0] == FREE) ? shape(batch) : shape;
    boolean fits = declared.length == found.length;
    for (int axis = 0; fits && axis < found.length; axis++) {
      fits = declared[axis] == FREE || declared[axis] == found[axis];
    }
    return fits || shape.length == 0;
  }
}
