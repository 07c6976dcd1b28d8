package macroscope.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats whose name spells their parameters. */
final class FormatPatterns {

  private static final Pattern GENERIC =
      Pattern.compile("gen_(u?)e(\\d{1,2})m(\\d{1,2})_(ieee|fn|fnuz|fin)(?:_b(-?\\d{1,4}))?");
  private static final Pattern P3109 = Pattern.compile("p3109_k(\\d{1,2})p(\\d{1,2})([su])([ef])");
  private static final Pattern INTEGER = Pattern.compile("(u?)int(\\d{1,2})(sym)?");
  private static final Pattern FIXED = Pattern.compile("(u?)q(\\d{1,2})\\.(\\d{1,2})(sym)?");

  private FormatPatterns() {}

  /**
   * The format that {@code name} spells, if it has one of the patterns.
   *
   * @throws IllegalArgumentException if it has, but with parameters out of range
   */
  static Optional<NumberFormat> find(String name) {
    Matcher generic = GENERIC.matcher(name);
    if (generic.matches()) {
      return Optional.of(generic(name, generic));
    }
    Matcher p3109 = P3109.matcher(name);
    if (p3109.matches()) {
      return Optional.of(p3109(name, p3109));
    }
    Matcher integer = INTEGER.matcher(name);
    if (integer.matches()) {
      int bits = Integer.parseInt(integer.group(2));
      return Optional.of(integer(name, integer.group(1), bits, 0, integer.group(3)));
    }
    Matcher fixed = FIXED.matcher(name);
    if (fixed.matches()) {
      int fraction = Integer.parseInt(fixed.group(3));
      int bits = Integer.parseInt(fixed.group(2)) + fraction;
      return Optional.of(integer(name, fixed.group(1), bits, fraction, fixed.group(4)));
    }
    return Optional.empty();
  }

  private static FloatFormat generic(String name, Matcher m) {
    int exponentBits = Integer.parseInt(m.group(2));
    SpecialValues specials =
        switch (m.group(4)) {
          case "ieee" -> SpecialValues.IEEE;
          case "fn" -> SpecialValues.FN;
          case "fnuz" -> SpecialValues.FNUZ;
          default -> SpecialValues.FINITE;
        };
    int usual = specials == SpecialValues.FNUZ ? 1 << exponentBits >> 1 : ieeeBias(exponentBits);
    return new FloatFormat(
        name,
        m.group(1).isEmpty(),
        exponentBits,
        Integer.parseInt(m.group(3)),
        m.group(5) == null ? usual : Integer.parseInt(m.group(5)),
        specials,
        true);
  }

  /** 2^(exponentBits-1) - 1; 0 for no exponent bits. */
  static int ieeeBias(int exponentBits) {
    return Math.max(0, (1 << exponentBits >> 1) - 1);
  }

  /** Width k, precision p, as in the IEEE P3109 interim report, version 3. */
  private static FloatFormat p3109(String name, Matcher m) {
    int width = Integer.parseInt(m.group(1));
    int precision = Integer.parseInt(m.group(2));
    boolean signed = m.group(3).equals("s");
    int exponentBits = width - precision + (signed ? 0 : 1);
    if (width < 3 || width > 15 || precision < 1 || exponentBits < 1) {
      throw new IllegalArgumentException(
          name + ": width must be 3..15 and precision 1.." + (signed ? "width-1" : "width"));
    }
    return new FloatFormat(
        name,
        signed,
        exponentBits,
        precision - 1,
        1 << (exponentBits - 1),
        m.group(4).equals("e") ? SpecialValues.P3109_EXTENDED : SpecialValues.P3109_FINITE,
        true);
  }

  private static IntegerFormat integer(
      String name, String unsigned, int bits, int fraction, String symmetric) {
    return new IntegerFormat(name, bits, unsigned.isEmpty(), symmetric != null, fraction);
  }
}
