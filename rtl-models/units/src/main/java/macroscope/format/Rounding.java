package macroscope.format;

/**
 * How a value between two neighbouring codes is brought to one of them: one of the {@link
 * RoundingMode}s or a {@link StochasticRounding} with its random bits given.
 */
public sealed interface Rounding permits RoundingMode, StochasticRounding {

  /**
   * Whether the magnitude goes up to the next code. The discarded part is {@code remainder /
   * 2^discardedBits} of an ulp, in [0, 1).
   *
   * @param negative sign of the value that is rounded
   * @param odd whether the code below (toward zero) is odd
   * @param remainder the discarded bits, {@code 0 <= remainder < 2^discardedBits}
   * @param discardedBits 0..62; a caller with more bits first folds them into a sticky lowest bit,
   *     keeping at least 60 bits, which no rounding here can tell from the exact remainder
   */
  boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits);

  /**
   * Whether every value of this sign goes toward zero, so that no finite value overflows (IEEE
   * 754-2019, section 7.4).
   */
  default boolean towardZero(boolean negative) {
    return false;
  }
}
