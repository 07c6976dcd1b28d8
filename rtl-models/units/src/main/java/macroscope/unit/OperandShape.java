package macroscope.unit;

/**
 * Rows and depth of an operand, and how a right operand is cut into blocks of output columns: each
 * block has one array for every k. Loops over a whole array are what compilers vectorize, and a block
 * of all k stays in a second-level cache.
 *
 * @param rows rows of a left operand; rows of a right operand, which are output columns
 * @param depth K
 */
record OperandShape(int rows, int depth) {

  /** Columns of a block; the last may be narrower. */
  static final int BLOCK = 256;

  int blocks() {
    return (rows + BLOCK - 1) / BLOCK;
  }

  /** First column of a block. */
  int from(int block) {
    return block * BLOCK;
  }

  /** Columns of a block. */
  int width(int block) {
    return Math.min(BLOCK, rows - from(block));
  }

  /** Elements of an array of a block: its columns, filled up with zeros. */
  int paddedWidth(int block) {
    int step = IntegerKernel.STEP;
    return (width(block) + step - 1) / step * step;
  }

  /** Arrays of all blocks. */
  int arrays() {
    return Math.multiplyExact(blocks(), depth);
  }

  /** Which array holds the columns of a block at k. */
  int array(int block, int k) {
    return block * depth + k;
  }
}
