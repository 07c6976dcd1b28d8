package macroscope.workload;

/**
 * An input or output of a graph.
 *
 * @param name its name
 * @param shape length of each axis; {@link #FREE} for one that the file leaves open, which is taken
 *     as the batch; shared, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record Port(String name, int[] shape) {

  /** Length of an axis that is given only when the network runs. */
  public static final int FREE = -1;

  /** The shape for a batch of so many samples: the first axis, and it alone, may be free. */
  public int[] shape(int batch) {
    int[] result = shape.clone();
    result[0] = batch;
    return result;
  }

  /** Elements of one sample. */
  public int sampleSize() {
    return Tensor.size(shape(1));
  }
}
