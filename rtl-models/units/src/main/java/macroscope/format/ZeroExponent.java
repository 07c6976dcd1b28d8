package macroscope.format;

/** What exponent field 0 of a float format means. */
public enum ZeroExponent {
  /** No hidden bit: zero and the subnormal numbers (IEEE 754). */
  SUBNORMAL,
  /** A power of two like any other: no zero (E8M0). */
  NORMAL,
  /**
   * A power of two like any other, but all fraction bits zero mean zero: no subnormals (DLFloat,
   * AdaptivFloat). Between zero and the least number the grid of exponent field 0 goes on, and what
   * rounds to its first place becomes zero.
   */
  NORMAL_AND_ZERO
}
