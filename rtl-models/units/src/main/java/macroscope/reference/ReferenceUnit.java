package macroscope.reference;

/** The readable twin of a unit: one dot product at a time. */
public interface ReferenceUnit {

  /**
   * {@code c + sum of a_k * b_k} as the unit computes it, pass after pass, the last padded with zeros.
   *
   * @param a codes, any number of them
   * @param b as many codes
   * @param c code of the accumulator format
   * @return code of the accumulator format
   */
  long dot(long[] a, long[] b, long c);
}
