package macroscope.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Stochastic rounding with its random bits given, in the variants of the IEEE P3109 interim report.
 *
 * @param variant how the random bits meet the discarded part
 * @param randomBits number of random bits, 1..30
 * @param random the random bits, 0 <= random < 2^randomBits
 */
public record StochasticRounding(Variant variant, int randomBits, long random) implements Rounding {

  /**
   * Variants, with the names that gfloat gives them; delta is the discarded part in ulps, r the
   * random bits, n their number.
   */
  public enum Variant {
    /** Away if r + delta * 2^n, the latter rounded to the nearest integer, a tie to even, >= 2^n. */
    STOCHASTIC,
    /** As {@link #STOCHASTIC}, a tie to odd. */
    STOCHASTIC_ODD,
    /** Away if r + 1/2 + delta * 2^n, cut off below halves, >= 2^n. */
    STOCHASTIC_FAST,
    /** Away if r + delta * 2^n, cut off below ones, >= 2^n: biased toward zero, cheapest. */
    STOCHASTIC_FASTEST;

    /** The variant of a name, in any case, with hyphens or underscores. */
    public static Optional<Variant> named(String name) {
      String upper = name.trim().toUpperCase(Locale.ROOT).replace('-', '_');
      return Arrays.stream(values()).filter(v -> v.name().equals(upper)).findFirst();
    }
  }

  public StochasticRounding {
    Objects.requireNonNull(variant, "variant");
    requireBits(randomBits);
    if (random < 0 || random >= 1L << randomBits) {
      throw new IllegalArgumentException("random must have " + randomBits + " bits: " + random);
    }
  }

  static void requireBits(int randomBits) {
    if (randomBits < 1 || randomBits > 30) {
      throw new IllegalArgumentException("random bits must be 1..30: " + randomBits);
    }
  }

  @Override
  public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
    long one = 1L << randomBits;
    return switch (variant) {
      case STOCHASTIC -> nearest(remainder, discardedBits, 1) + random >= one;
      case STOCHASTIC_ODD -> nearest(remainder, discardedBits, 0) + random >= one;
      case STOCHASTIC_FAST ->
          down(remainder, discardedBits - randomBits - 1) + 2 * random + 1 >= 2 * one;
      case STOCHASTIC_FASTEST -> down(remainder, discardedBits - randomBits) + random >= one;
    };
  }

  private static long down(long remainder, int cut) {
    return cut <= 0 ? remainder << -cut : remainder >>> cut;
  }

  /** The discarded part in units of 2^-randomBits; a tie goes up if its floor has this lowest bit. */
  private long nearest(long remainder, int discardedBits, int tieUpFrom) {
    int cut = discardedBits - randomBits;
    long below = down(remainder, cut);
    if (cut <= 0) {
      return below;
    }
    long rest = remainder & ((1L << cut) - 1);
    long half = 1L << (cut - 1);
    return rest > half || (rest == half && (below & 1) == tieUpFrom) ? below + 1 : below;
  }
}
