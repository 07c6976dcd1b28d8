package macroscope.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.Rounding;
import macroscope.format.RoundingMode;
import macroscope.format.StochasticRounding;
import macroscope.format.StochasticRounding.Variant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rounding: a mode by its long or short name, or a stochastic one with its random bits. */
final class RoundingConverter implements ITypeConverter<Rounding> {

  static final String NAMES =
      "ties-to-even, ties-to-away, toward-zero, toward-positive, toward-negative, to-odd,"
          + " stochastic[-odd|-fast|-fastest]:BITS:RANDOM";

  private static final Pattern STOCHASTIC = Pattern.compile("([^:]*):(\\d{1,2}):(\\d{1,10})");

  @Override
  public Rounding convert(String text) {
    Optional<Rounding> rounding =
        RoundingMode.named(text).map(Rounding.class::cast).or(() -> stochastic(text));
    return rounding.orElseThrow(
        () -> new TypeConversionException("must be one of " + NAMES + ": " + text));
  }

  private static Optional<Rounding> stochastic(String text) {
    Matcher matcher = STOCHASTIC.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      int bits = Integer.parseInt(matcher.group(2));
      long random = Long.parseLong(matcher.group(3));
      return Variant.named(matcher.group(1))
          .map(variant -> new StochasticRounding(variant, bits, random));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
