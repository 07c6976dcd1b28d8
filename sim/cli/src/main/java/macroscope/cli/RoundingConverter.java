package macroscope.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.Rounding;
import macroscope.format.RoundingMode;
import macroscope.format.StochasticRounding;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rounding: a mode by its long or short name, or a stochastic one with its random bits. */
final class RoundingConverter implements ITypeConverter<Rounding> {

  static final String NAMES =
      "ties-to-even, ties-to-away, toward-zero, toward-positive, toward-negative, to-odd,"
          + " stochastic[-odd|-fast|-fastest]:BITS:RANDOM";

  private static final Map<String, RoundingMode> SHORT_NAMES =
      Map.of(
          "rne", RoundingMode.TIES_TO_EVEN,
          "rna", RoundingMode.TIES_TO_AWAY,
          "rtz", RoundingMode.TOWARD_ZERO,
          "rz", RoundingMode.TOWARD_ZERO,
          "rtp", RoundingMode.TOWARD_POSITIVE,
          "ru", RoundingMode.TOWARD_POSITIVE,
          "rtn", RoundingMode.TOWARD_NEGATIVE,
          "rd", RoundingMode.TOWARD_NEGATIVE);

  private static final Pattern STOCHASTIC =
      Pattern.compile("(stochastic(?:-odd|-fast|-fastest)?):(\\d{1,2}):(\\d{1,10})");

  @Override
  public Rounding convert(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace('_', '-');
    Matcher stochastic = STOCHASTIC.matcher(name);
    try {
      if (stochastic.matches()) {
        return new StochasticRounding(
            StochasticRounding.Variant.valueOf(constant(stochastic.group(1))),
            Integer.parseInt(stochastic.group(2)),
            Long.parseLong(stochastic.group(3)));
      }
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
    RoundingMode shortName = SHORT_NAMES.get(name);
    return shortName != null ? shortName : mode(text, name);
  }

  private static RoundingMode mode(String text, String name) {
    try {
      return RoundingMode.valueOf(constant(name));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("must be one of " + NAMES + ": " + text);
    }
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
