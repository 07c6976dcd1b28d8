package macroscope.format;

import java.util.Objects;

/**
 * Stochastic rounding with its random bits given, in the variants of the IEEE P3109 interim report.
 *
 * @param variant how the random bits meet the discarded part
 * @param randomBits number of random bits, 1..30
 * @param random the random bits, 0 <= random < 2^randomBits
 */
public record StochasticRounding(Variant variant, int randomBits, long random) implements Rounding {

  /** Variants, with the names that gfloat gives them. */
  public enum Variant {
    STOCHASTIC,
    STOCHASTIC_ODD,
    STOCHASTIC_FAST,
    STOCHASTIC_FASTEST
  }

  public StochasticRounding {
    Objects.requireNonNull(variant, "variant");
    if (randomBits < 1 || randomBits > 30) {
      throw new IllegalArgumentException("random bits must be 1..30: " + randomBits);
    }
    if (random < 0 || random >= 1L << randomBits) {
      throw new IllegalArgumentException("random must have " + randomBits + " bits: " + random);
    }
  }

  @Override
  public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
    throw new IllegalStateException("being written");
  }
}
