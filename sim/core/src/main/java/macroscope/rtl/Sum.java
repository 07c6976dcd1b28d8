package macroscope.rtl;

/**
 * Operands of one sum.
 *
 * @param a codes, whole passes of them
 * @param b as many codes
 * @param addend code of the accumulator format
 */
record Sum(long[] a, long[] b, long addend) {}
