package macroscope.format;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats whose name spells their parameters: the catalogue of kinds. */
final class FormatPatterns {

  /**
   * One kind.
   *
   * @param shape of the names, for people
   * @param pattern of the names
   * @param format what a name stands for
   */
  private record Kind(String shape, Pattern pattern, Function<Matcher, NumberFormat> format) {
    Kind(String shape, String pattern, Function<Matcher, NumberFormat> format) {
      this(shape, Pattern.compile(pattern), format);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "gen_[u]e<X>m<Y>_<ieee|fn|fnuz|fin>[_b<bias>]",
              "gen_(u?)e(\\d{1,2})m(\\d{1,2})_(ieee|fn|fnuz|fin)(?:_b(-?\\d{1,4}))?",
              FormatPatterns::generic),
          new Kind(
              "gen_e<X>m<Y>_sv<value>",
              "gen_e(\\d)m(\\d)_sv(-?\\d{1,6}(?:\\.\\d{1,9})?)",
              m -> Tables.withSpecialValue(m.group(), number(m, 1), number(m, 2), m.group(3))),
          new Kind(
              "p3109_k<K>p<P><s|u><e|f>",
              "p3109_k(\\d{1,2})p(\\d{1,2})([su])([ef])",
              FormatPatterns::p3109),
          new Kind("[u]int<N>[sym]", "(u?)int(\\d{1,2})(sym)?", FormatPatterns::integer),
          new Kind(
              "[u]q<I>.<F>[sym]", "(u?)q(\\d{1,2})\\.(\\d{1,2})(sym)?", FormatPatterns::fixedPoint),
          new Kind(
              "posit<N>_<E>",
              "posit(\\d{1,2})_(\\d)",
              m -> PositFormat.of(number(m, 1), number(m, 2))),
          new Kind("takum<N>", "takum(\\d{1,2})", m -> TakumFormat.of(number(m, 1))),
          new Kind(
              "lns<N>_<F>",
              "lns(\\d{1,2})_(\\d{1,2})",
              m -> new LogarithmicFormat(number(m, 1), number(m, 2))),
          new Kind("pot<N>[_b<bias>]", "pot(\\d{1,2})(?:_b(-?\\d{1,4}))?", FormatPatterns::powers),
          new Kind(
              "apot<N>_k<K>",
              "apot(\\d{1,2})_k(\\d{1,2})",
              m -> Tables.additivePowersOfTwo(m.group(), number(m, 1), number(m, 2))),
          new Kind(
              "[u]flint<N>",
              "(u?)flint(\\d{1,2})",
              m -> Tables.flint(m.group(), m.group(1).isEmpty(), number(m, 2))),
          new Kind(
              "abfloat<N>_e<E>_b<bias>",
              "abfloat(\\d{1,2})_e(\\d)_b(-?\\d{1,3})",
              m -> Tables.adaptiveBiasedFloat(m.group(), number(m, 1), number(m, 2), number(m, 3))),
          new Kind("nf<N>", "nf(\\d{1,2})", m -> Tables.normalFloat(m.group(), number(m, 1))),
          new Kind(
              "sf<N>_nu<freedom>",
              "sf(\\d{1,2})_nu(\\d{1,3})",
              m -> Tables.studentFloat(m.group(), number(m, 1), number(m, 2))),
          new Kind(
              "planes<N>", "planes(\\d{1,2})", m -> Tables.signedPlanes(m.group(), number(m, 1))),
          new Kind(
              "nupes<N>_<p>_<q>",
              "nupes(\\d{1,2})_(\\d{1,2})_(\\d{1,2})",
              m -> new PowerFormat(m.group(), number(m, 1), number(m, 2), number(m, 3))));

  private FormatPatterns() {}

  /**
   * The format that {@code name} spells, if it has one of the patterns.
   *
   * @throws IllegalArgumentException if it has, but with parameters out of range
   */
  static Optional<NumberFormat> find(String name) {
    for (Kind kind : KINDS) {
      Matcher matcher = kind.pattern().matcher(name);
      if (matcher.matches()) {
        return Optional.of(kind.format().apply(matcher)).filter(f -> f.name().equals(name));
      }
    }
    return Optional.empty();
  }

  /** The shapes of names, one a kind. */
  static List<String> shapes() {
    return KINDS.stream().map(Kind::shape).toList();
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  private static FloatFormat generic(Matcher m) {
    int exponentBits = number(m, 2);
    SpecialValues specials =
        switch (m.group(4)) {
          case "ieee" -> SpecialValues.IEEE;
          case "fn" -> SpecialValues.FN;
          case "fnuz" -> SpecialValues.FNUZ;
          default -> SpecialValues.FINITE;
        };
    int usual = specials == SpecialValues.FNUZ ? 1 << exponentBits >> 1 : ieeeBias(exponentBits);
    return new FloatFormat(
        m.group(),
        m.group(1).isEmpty(),
        exponentBits,
        number(m, 3),
        m.group(5) == null ? usual : number(m, 5),
        specials,
        true);
  }

  /** 2^(exponentBits-1) - 1; 0 for no exponent bits. */
  static int ieeeBias(int exponentBits) {
    return Math.max(0, (1 << exponentBits >> 1) - 1);
  }

  /**
   * Width k, precision p, as in the IEEE P3109 interim report, version 3, which goes to 15 bits; 16 by
   * the same rules.
   */
  private static FloatFormat p3109(Matcher m) {
    int width = number(m, 1);
    int precision = number(m, 2);
    boolean signed = m.group(3).equals("s");
    int exponentBits = width - precision + (signed ? 0 : 1);
    if (width < 3 || width > 16 || precision < 1 || exponentBits < 1) {
      throw new IllegalArgumentException(
          m.group() + ": width must be 3..16 and precision 1.." + (signed ? "width-1" : "width"));
    }
    return new FloatFormat(
        m.group(),
        signed,
        exponentBits,
        precision - 1,
        1 << (exponentBits - 1),
        m.group(4).equals("e") ? SpecialValues.P3109_EXTENDED : SpecialValues.P3109_FINITE,
        true);
  }

  private static IntegerFormat integer(Matcher m) {
    return new IntegerFormat(m.group(), number(m, 2), m.group(1).isEmpty(), m.group(3) != null, 0);
  }

  private static IntegerFormat fixedPoint(Matcher m) {
    int fraction = number(m, 3);
    int bits = number(m, 2) + fraction;
    return new IntegerFormat(m.group(), bits, m.group(1).isEmpty(), m.group(4) != null, fraction);
  }

  /** Sign and exponent alone: zero and powers of two; a float without fraction bits. */
  private static FloatFormat powers(Matcher m) {
    int exponentBits = number(m, 1) - 1;
    if (exponentBits < 1 || exponentBits > 11) {
      throw new IllegalArgumentException(m.group() + ": bits must be 2..12: " + m.group(1));
    }
    int bias = m.group(2) == null ? ieeeBias(exponentBits) : number(m, 2);
    return new FloatFormat(m.group(), true, exponentBits, 0, bias, SpecialValues.FINITE, true);
  }
}
