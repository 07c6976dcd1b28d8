package macroscope.onnx;

/** Operations besides products whose results a network may keep in a format of their own. */
public enum ResultKind {
  /** Rows looked up in a table of reals. */
  EMBEDDING,
  /** A normalization with its gain and offset, one operator or several. */
  NORMALIZATION,
  /** Softmax or its logarithm. */
  SOFTMAX
}
