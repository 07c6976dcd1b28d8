package macroscope.unit;

/**
 * Where element (row, k) of an operand lies in its planes: {@code row * rowStride + k * depthStride}.
 *
 * @param rows rows of the operand
 * @param depth its K
 * @param rowStride distance of neighbouring rows
 * @param depthStride distance of neighbours along K
 */
public record Layout(int rows, int depth, int rowStride, int depthStride) {

  /** Widest vector that a kernel may use, in elements: rows of a depth-major plane are padded to it. */
  public static final int LANES = 16;

  /** Left operands: the elements of a row are neighbours. */
  static Layout rowMajor(int rows, int depth) {
    return new Layout(rows, depth, depth, 1);
  }

  /**
   * Right operands: the elements of all rows at one k are neighbours, so that a kernel runs over
   * output columns; padded to whole vectors. They are odd in number, so that a column does not fall
   * into few sets of a cache.
   */
  static Layout depthMajor(int rows, int depth) {
    int vectors = (rows + LANES - 1) / LANES | 1;
    return new Layout(rows, depth, 1, Math.multiplyExact(LANES, vectors));
  }

  /** Elements of a plane, padding included. */
  int size() {
    return Math.max(Math.multiplyExact(rows, rowStride), Math.multiplyExact(depth, depthStride));
  }

  OperandShape shape() {
    return new OperandShape(rows, depth);
  }

  /** Position of element (row, k). */
  public int index(int row, int k) {
    return row * rowStride + k * depthStride;
  }
}
