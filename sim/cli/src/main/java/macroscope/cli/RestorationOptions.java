package macroscope.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.accuracy.Restoration;
import macroscope.format.Rounding;
import macroscope.format.RoundingMode;
import macroscope.format.StochasticRounding;
import macroscope.input.InputException;
import macroscope.tensor.TensorFormat;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How elements come to their codes. */
final class RestorationOptions {

  private static final String NAMES =
      "ties-to-even, ties-to-away, toward-zero, toward-positive, toward-negative, to-odd,"
          + " stochastic[-odd|-fast|-fastest]:BITS";
  private static final Pattern STOCHASTIC =
      Pattern.compile("(stochastic(?:-odd|-fast|-fastest)?):(\\d{1,2})");

  @Option(
      names = "--rounding",
      paramLabel = "R",
      description = {
        "Of the elements: one of " + NAMES + ",",
        "whose random bits --seed draws for each element (default: ties-to-even)."
      })
  private Optional<String> rounding = Optional.empty();

  @Option(
      names = "--noise",
      description = "Gaussian noise of the variance of rounding, drawn by --seed, in place of it.")
  private boolean noise;

  /** What is left of a matrix in a format. */
  Restoration of(TensorFormat format, long seed) {
    try {
      return noise ? noisy(format, seed) : rounded(format, seed);
    } catch (IllegalArgumentException e) {
      throw new InputException(noise ? "--noise" : "--rounding", String.valueOf(e.getMessage()), e);
    }
  }

  private Restoration noisy(TensorFormat format, long seed) {
    if (rounding.isPresent()) {
      throw new IllegalArgumentException("noise takes the place of rounding: " + rounding.get());
    }
    return Restoration.noisy(format, seed);
  }

  private Restoration rounded(TensorFormat format, long seed) {
    if (rounding.isEmpty()) {
      return Restoration.rounded(format, RoundingMode.TIES_TO_EVEN);
    }
    String name = rounding.get().toLowerCase(Locale.ROOT).replace('_', '-');
    Matcher stochastic = STOCHASTIC.matcher(name);
    if (!stochastic.matches()) {
      return Restoration.rounded(format, mode(name));
    }
    StochasticRounding.Variant variant =
        StochasticRounding.Variant.valueOf(
            stochastic.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
    return Restoration.stochastic(format, variant, Integer.parseInt(stochastic.group(2)), seed);
  }

  private static Rounding mode(String name) {
    try {
      if (new RoundingConverter().convert(name) instanceof RoundingMode mode) {
        return mode;
      }
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException("must be one of " + NAMES + ": " + name, e);
    }
    throw new IllegalArgumentException("must be one of " + NAMES + ": " + name);
  }
}
