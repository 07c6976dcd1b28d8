package macroscope.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.PositFormat;
import macroscope.format.PowerFormat;
import macroscope.format.RoundingMode;
import macroscope.format.TakumFormat;
import macroscope.report.Listing;

/** A scalar format explained: what {@code formats NAME} prints above the table of codes. */
final class FormatPage {

  private static final int ENUMERABLE_BITS = 16;
  private static final double DECIBELS_PER_OCTAVE = 20 * Math.log10(2);

  private final NumberFormat format;
  private final List<List<Object>> rows = new ArrayList<>();

  private FormatPage(NumberFormat format) {
    this.format = format;
  }

  /** Properties and their values. */
  static Listing of(NumberFormat format) {
    FormatPage page = new FormatPage(format);
    page.fields();
    page.specials();
    page.range();
    page.precision();
    FormatExample.decodings(format).forEach(example -> page.row("for example", example));
    return new Listing(List.of("property", "value"), page.rows);
  }

  private void row(String property, String value) {
    rows.add(List.of(property, value));
  }

  private void fields() {
    row("format", format.name() + ", " + format.bits() + " bits");
    if (format instanceof FloatFormat f) {
      String sign = f.signed() ? "1 sign bit, " : "no sign, ";
      row(
          "fields",
          sign + f.exponentBits() + " exponent bits, " + f.fractionBits() + " fraction bits");
      row("bias", Integer.toString(f.bias()));
      String s = f.signed() ? "(-1)^s * " : "";
      row("value", s + "1.f * 2^(e - " + f.bias() + ")");
      if (f.subnormals()) {
        row("value where e = 0", s + "0.f * 2^" + f.minExponent());
      }
    } else if (format instanceof IntegerFormat i) {
      row("fields", i.signed() ? "two's complement" : "unsigned");
      row("value", i.fractionBits() == 0 ? "the integer" : "the integer * 2^" + -i.fractionBits());
      row("integers", i.least() + ".." + i.most());
    } else {
      row("value", rule());
    }
  }

  /** How the formats without fixed fields have their values. */
  private String rule() {
    if (format instanceof PositFormat posit) {
      return "1.f * 2^(k * 2^" + posit.exponentBits() + " + e), k the run of equal bits";
    }
    if (format instanceof TakumFormat) {
      return "1.f * 2^c, c by direction, regime and characteristic; negative: two's complement";
    }
    if (format instanceof LogarithmicFormat logarithmic) {
      return "(-1)^s * 2^(e / 2^" + logarithmic.fractionBits() + "), e two's complement";
    }
    return format instanceof PowerFormat ? "powers of evenly spaced numbers" : "a table by code";
  }

  private void specials() {
    if (!(format instanceof FloatFormat f) || format.bits() > ENUMERABLE_BITS) {
      return;
    }
    row("infinity", codes(code -> format.decode(code).isInfinite()));
    row("NaN", codes(f::isNan));
    row("negative zero", f.hasNegativeZero() ? Codes.hex(f, 1L << (f.bits() - 1)) : "none");
  }

  /** The codes that are so: all of them if few, else the first, the last and how many. */
  private String codes(LongPredicate kind) {
    long[] found = LongStream.range(0, 1L << format.bits()).filter(kind).toArray();
    if (found.length <= 4) {
      return found.length == 0
          ? "none"
          : Arrays.stream(found)
              .mapToObj(code -> Codes.hex(format, code))
              .collect(Collectors.joining(", "));
    }
    return found.length
        + " codes, "
        + Codes.hex(format, found[0])
        + " to "
        + Codes.hex(format, found[found.length - 1]);
  }

  private void range() {
    double largest = rounded(Double.MAX_VALUE, RoundingMode.TOWARD_ZERO);
    row("largest", number(largest));
    if (format.signed()) {
      row("least", number(rounded(-Double.MAX_VALUE, RoundingMode.TIES_TO_EVEN)));
    }
    if (format instanceof FloatFormat f && f.subnormals()) {
      row("least normal", number(Math.scalb(1.0, f.minExponent())));
    }
    double least = rounded(Double.MIN_VALUE, RoundingMode.TOWARD_POSITIVE);
    row("least positive", number(least));
    double octaves = Math.log(largest / least) / Math.log(2);
    row(
        "dynamic range",
        String.format(
            Locale.ROOT, "%.2f octaves, %.2f dB", octaves, DECIBELS_PER_OCTAVE * octaves));
  }

  private void precision() {
    if (format instanceof FloatFormat f && f.fractionBits() > 0) {
      int places = f.fractionBits() + 1;
      double unit = Math.scalb(1.0, -places);
      row(
          "relative error",
          String.format(
              Locale.ROOT,
              "at most 1/%d = %.3g %% rounding to nearest normal, 2^-%d = %.3g %% of the result",
              (1L << places) + 1,
              100 * unit / (1 + unit),
              places,
              100 * unit));
    }
    if (rounded(1, RoundingMode.TIES_TO_EVEN) == 1
        && rounded(Math.nextUp(1.0), RoundingMode.TOWARD_POSITIVE) > 1) {
      double epsilon = rounded(Math.nextUp(1.0), RoundingMode.TOWARD_POSITIVE) - 1;
      row("epsilon", number(epsilon) + " from 1 to the next");
    }
    if (format.bits() <= ENUMERABLE_BITS) {
      long values =
          LongStream.range(0, 1L << format.bits())
              .filter(format::isCode)
              .mapToDouble(format::decodeDouble)
              .filter(Double::isFinite)
              .map(v -> v + 0.0)
              .distinct()
              .count();
      row("distinct numbers", Long.toString(values));
    }
  }

  private double rounded(double x, RoundingMode mode) {
    return format.decodeDouble(format.encodeDouble(x, mode, Overflow.SATURATE));
  }

  /** A decimal, and in hexadecimal where that tells more. */
  private static String number(double value) {
    boolean integer = value == Math.rint(value) && Math.abs(value) < 1e6;
    return integer ? Long.toString((long) value) : value + " = " + Double.toHexString(value);
  }
}
