package macroscope.format;

/** What becomes of a value beyond the largest finite one (names of the P3109 interim report). */
public enum Overflow {
  /** Everything clamps to the largest finite value of its sign, infinities too (SatFinite). */
  SATURATE,
  /** Finite overflow clamps, infinities stay infinities where the format has them (SatPropagate). */
  SATURATE_FINITE,
  /**
   * The format's own rule (SatNone): infinity where the format has one, else NaN; a directed rounding
   * toward zero stays at the largest finite value, as in IEEE 754.
   */
  NATIVE
}
