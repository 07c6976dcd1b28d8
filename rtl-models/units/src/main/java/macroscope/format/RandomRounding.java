package macroscope.format;

import java.util.Objects;
import java.util.Random;
import macroscope.format.StochasticRounding.Variant;

/**
 * Stochastic rounding of many numbers, saturating: each takes its random bits from {@link Random},
 * whose numbers of a seed are specified, so that one seed gives one result.
 *
 * @param variant how the random bits meet the discarded part
 * @param randomBits for each number, 1..30
 * @param seed of the random bits
 */
public record RandomRounding(Variant variant, int randomBits, long seed)
    implements ElementEncoding {

  public RandomRounding {
    Objects.requireNonNull(variant, "variant");
    StochasticRounding.requireBits(randomBits);
  }

  /** Takes as many random bits for a number that is exact as for any other. */
  @Override
  public Encoder encoder(NumberFormat format) {
    Random random = new Random(seed);
    return x ->
        format.encodeDouble(
            x,
            new StochasticRounding(variant, randomBits, random.nextInt(1 << randomBits)),
            Overflow.SATURATE);
  }
}
