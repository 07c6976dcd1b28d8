package macroscope.accuracy;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.Conversion;
import macroscope.format.RandomRounding;
import macroscope.format.RoundingMode;
import macroscope.format.StochasticRounding.Variant;
import macroscope.tensor.TensorFormat;

/**
 * What is done to the elements of a matrix under the scales of a format, whatever the format: they are
 * rounded, at random or not, or noise of the size of rounding errors is added to them.
 *
 * @param name in reports
 * @param restoration what is read back of a matrix in a format
 */
public record Treatment(String name, Function<TensorFormat, Restoration> restoration) {

  /** What {@link #named} takes. */
  public static final String NAMES =
      "ties-to-even, ties-to-away, toward-zero, toward-positive, toward-negative, to-odd,"
          + " stochastic[-odd|-fast|-fastest]:BITS, noise";

  /** To nearest, ties to even. */
  public static final Treatment NEAREST = of(RoundingMode.TIES_TO_EVEN);

  private static final Pattern STOCHASTIC = Pattern.compile("([^:]*):(\\d{1,2})");

  /** Elements round so, and saturate. */
  public static Treatment of(RoundingMode mode) {
    return new Treatment(mode.lowerCaseName(), format -> Restoration.rounded(format, mode));
  }

  /** Elements are converted so. */
  public static Treatment of(String name, Conversion conversion) {
    return new Treatment(name, format -> Restoration.encoded(format, conversion));
  }

  /**
   * The treatment of a name, in any case, with hyphens or underscores: a rounding mode, {@code
   * stochastic:8} (8 random bits for each element), {@code noise}.
   *
   * @param seed of what is random
   * @throws IllegalArgumentException saying what a name may be
   */
  public static Treatment named(String name, long seed) {
    String lower = name.trim().toLowerCase(Locale.ROOT).replace('-', '_');
    if (lower.equals("noise")) {
      return new Treatment(lower, format -> Restoration.noisy(format, seed));
    }
    return RoundingMode.named(name)
        .map(Treatment::of)
        .or(() -> stochastic(lower, seed))
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + NAMES + ": " + name));
  }

  private static Optional<Treatment> stochastic(String lower, long seed) {
    Matcher matcher = STOCHASTIC.matcher(lower);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(matcher.group(2));
    return Variant.named(matcher.group(1))
        .map(variant -> new RandomRounding(variant, bits, seed))
        .map(rounding -> new Treatment(lower, f -> Restoration.stochastic(f, rounding)));
  }
}
