package macroscope.rtl;

/**
 * Operands of one sum.
 *
 * @param a codes, whole passes of them
 * @param b as many codes
 * @param scalesA codes of the scales of a, one for each block; empty if there are none
 * @param scalesB those of b
 * @param addend code of the accumulator format
 */
record Sum(long[] a, long[] b, long[] scalesA, long[] scalesB, long addend) {

  private static final long[] NONE = {};

  /** A sum without scales. */
  Sum(long[] a, long[] b, long addend) {
    this(a, b, NONE, NONE, addend);
  }

  Sum withAddend(long other) {
    return new Sum(a, b, scalesA, scalesB, other);
  }

  Sum withScales(long[] ofA, long[] ofB) {
    return new Sum(a, b, ofA, ofB, addend);
  }
}
