package macroscope.unit;

import macroscope.tensor.EncodedMatrix;

/** An operand as planes of bits along K, 64 to a word: plane p holds bit p of every code. */
public final class BitRows {

  private final OperandShape shape;
  private final long[][][] words;

  private BitRows(OperandShape shape, long[][][] words) {
    this.shape = shape;
    this.words = words;
  }

  static BitRows of(EncodedMatrix matrix, int planes) {
    int depth = matrix.columns();
    long[][][] words = new long[matrix.rows()][planes][(depth + Long.SIZE - 1) / Long.SIZE];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int k = 0; k < depth; k++) {
        long code = matrix.code(row, k);
        requireCode(code, planes);
        for (int plane = 0; plane < planes; plane++) {
          words[row][plane][k / Long.SIZE] |= (code >>> plane & 1) << (k % Long.SIZE);
        }
      }
    }
    return new BitRows(new OperandShape(matrix.rows(), depth), words);
  }

  private static void requireCode(long code, int bits) {
    if (code >>> bits != 0) {
      throw new IllegalArgumentException(
          "a code has " + bits + " bits: 0x" + Long.toHexString(code));
    }
  }

  OperandShape shape() {
    return shape;
  }

  /** The words of one plane of a row; shared, not to be modified. */
  long[] plane(int row, int plane) {
    return words[row][plane];
  }

  /** How many k = from..to-1 there are where both bits are set, or where they differ. */
  static int count(BinaryMacSpec.Operation operation, long[] x, long[] y, int from, int to) {
    int count = 0;
    for (int word = from / Long.SIZE; word * Long.SIZE < to; word++) {
      long bits = operation == BinaryMacSpec.Operation.AND ? x[word] & y[word] : x[word] ^ y[word];
      count += Long.bitCount(bits & mask(from - word * Long.SIZE, to - word * Long.SIZE));
    }
    return count;
  }

  /** Ones in the places from..to-1 of a word, both cut off at its ends. */
  private static long mask(int from, int to) {
    long below = from <= 0 ? -1L : -1L << from;
    return to >= Long.SIZE ? below : below & ~(-1L << to);
  }
}
