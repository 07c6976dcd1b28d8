package macroscope.reference;

/** The readable twin of a unit that scales blocks of its operands: one dot product at a time. */
public interface ReferenceScaledUnit {

  /**
   * {@code c + sum of (scale_a a_k) (scale_b b_k)} as the unit computes it, pass after pass; whole
   * passes only.
   *
   * @param a codes
   * @param scalesA code of the scale of each block of a
   * @param b as many codes as a
   * @param scalesB code of the scale of each block of b
   * @param c code of the accumulator format
   * @return code of the accumulator format
   */
  long dot(long[] a, long[] scalesA, long[] b, long[] scalesB, long c);
}
