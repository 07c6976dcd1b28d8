package macroscope.machine.stepped;

/**
 * What a register of an array holds: an operand on its way, as a number so that a register is a long.
 * It names the row or column of the matrix that it is of, and the pass that it is for.
 */
final class Token {

  /** An empty register. */
  static final long NONE = -1;

  /** In place of a row or column beyond the matrix: the token moves on and no unit computes. */
  static final int PADDING = -1;

  private static final long PASS = (1L << Integer.SIZE) - 1;

  private Token() {}

  static long of(int vector, int pass) {
    return (vector + 1L) << Integer.SIZE | pass;
  }

  static int vector(long token) {
    return (int) (token >>> Integer.SIZE) - 1;
  }

  static int pass(long token) {
    return (int) (token & PASS);
  }

  /** Whether a unit has operands: both registers hold tokens, of one pass. */
  static boolean meet(long one, long other) {
    if ((one & other) == NONE) {
      return false;
    }
    if (one == NONE || other == NONE || pass(one) != pass(other)) {
      throw new IllegalStateException("operands do not meet: " + one + " and " + other);
    }
    return true;
  }
}
