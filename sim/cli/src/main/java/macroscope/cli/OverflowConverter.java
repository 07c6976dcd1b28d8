package macroscope.cli;

import java.util.Locale;
import macroscope.format.Overflow;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an overflow policy, with hyphens or underscores. */
final class OverflowConverter implements ITypeConverter<Overflow> {

  @Override
  public Overflow convert(String text) {
    try {
      return Overflow.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "must be one of saturate, saturate-finite, native: " + text);
    }
  }
}
