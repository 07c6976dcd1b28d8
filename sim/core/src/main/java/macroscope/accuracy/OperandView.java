package macroscope.accuracy;

/** What the quantizers of a run are given of the operands of products, and what they leave of it. */
public interface OperandView {

  /**
   * An operand.
   *
   * @param format what it is stored in
   * @param given as the quantizer gets it, after what calibration does to it
   * @param left as the product reads it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Operand(String format, double[] given, double[] left) {}

  /**
   * A layer's weights.
   *
   * @param w N x K, row-major; not modified
   */
  Operand weights(String layer, double[] w, int n, int k);

  /**
   * A layer's inputs.
   *
   * @param x rows x K, row-major, all finite; not modified
   */
  Operand inputs(String layer, double[] x, int rows, int k, int rowsPerSample);

  /** The left operand of a product of two activations, M x K, all finite. */
  Operand left(String product, double[] a, int m, int k);

  /** The right operand of a product of two activations, N x K, all finite. */
  Operand right(String product, double[] b, int n, int k);

  /** What multiplies a layer. */
  String datapath(String layer);
}
