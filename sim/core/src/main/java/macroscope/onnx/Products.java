package macroscope.onnx;

/** Who does what a datapath does in a network: the matrix products and softmax of its operators. */
public interface Products {

  /**
   * Activations by the weight of a node ({@link LinearNodes}): {@code X * W^T}.
   *
   * @param group which of the weights of a grouped convolution; 0 for others
   * @param x rows x K, row-major; not modified
   * @return rows x N, row-major
   */
  double[] linear(Node node, int group, double[] x, int rows);

  /** {@code A * B^T} of the two activations of a node, M x K and N x K. */
  double[] activations(Node node, double[] a, int m, double[] b, int n, int k);

  /**
   * Integers by the integer weight of a node, exactly, without zero points.
   *
   * @param group which of the weights of a grouped convolution; 0 for others
   */
  double[] integers(Node node, int group, Integers x);

  /** {@code A * B^T} of integers, exactly, without zero points. */
  double[] integers(Node node, Integers a, Integers b);

  /** Softmax of rows of a length. */
  double[] softmax(double[] x, int length);

  /**
   * A matrix of integers.
   *
   * @param type of the codes
   * @param rows number of rows
   * @param columns K
   * @param values row-major; shared, not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Integers(ElementType type, int rows, int columns, double[] values) {}
}
