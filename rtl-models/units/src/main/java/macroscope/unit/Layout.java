package macroscope.unit;

/**
 * Where element (row, k) of an operand lies in its planes: rows are cut into blocks, and a block holds
 * the elements of all its rows at one k side by side, k after k.
 *
 * @param rows rows of the operand
 * @param depth its K
 * @param blockRows rows of a block; the last block is filled up
 */
public record Layout(int rows, int depth, int blockRows) {

  /** Columns of the result that a kernel computes side by side: whole vectors on every machine. */
  public static final int BLOCK = 64;

  /** Left operands: the elements of a row are neighbours. */
  static Layout rowMajor(int rows, int depth) {
    return new Layout(rows, depth, 1);
  }

  /**
   * Right operands, whose rows are columns of the result: the elements of {@value #BLOCK} of them at
   * one k are neighbours, so that a kernel runs over output columns and reads memory as it lies.
   */
  static Layout depthMajor(int rows, int depth) {
    return new Layout(rows, depth, BLOCK);
  }

  /** Elements of a plane, those that fill up the last block included. */
  int size() {
    int blocks = (rows + blockRows - 1) / blockRows;
    return Math.multiplyExact(Math.multiplyExact(blocks, blockRows), depth);
  }

  OperandShape shape() {
    return new OperandShape(rows, depth);
  }

  /** Distance of neighbours along K. */
  public int depthStride() {
    return blockRows;
  }

  /** Position of element (row, k). */
  public int index(int row, int k) {
    int block = row / blockRows;
    return (block * depth + k) * blockRows + row - block * blockRows;
  }
}
