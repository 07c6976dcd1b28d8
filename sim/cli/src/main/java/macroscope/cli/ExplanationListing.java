package macroscope.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.report.Listing;
import macroscope.unit.Explanation;

/** What {@code explain} prints: a row for each term, then for each sum and rounding. */
final class ExplanationListing {

  private static final List<String> COLUMNS =
      List.of(
          "step",
          "term",
          "exact_value",
          "exponent",
          "kept_bits",
          "cut_bits",
          "kept",
          "cut_off",
          "partial_sum",
          "code_hex");

  private ExplanationListing() {}

  /** Without terms of zero that nothing is aligned to, and operands of zero. */
  static Listing brief(Explanation explanation) {
    List<Explanation.Conversion> conversions =
        explanation.conversions().stream()
            .map(
                c ->
                    new Explanation.Conversion(
                        c.name(), c.items().stream().filter(ExplanationListing::counts).toList()))
            .toList();
    List<Explanation.Step> steps =
        explanation.steps().stream()
            .map(
                step ->
                    step.with(
                        step.terms().stream()
                            .filter(term -> !term.value().isZero() || decides(step, term))
                            .toList()))
            .toList();
    return of(new Explanation(conversions, steps, explanation.result()));
  }

  private static boolean counts(Explanation.Item item) {
    return !item.from().isZero() || !item.to().isZero();
  }

  /** Whether a zero is what others are aligned to. */
  private static boolean decides(Explanation.Step step, Explanation.Term term) {
    return step.aligned() && term.exponent() >= step.largestExponent();
  }

  static Listing of(Explanation explanation) {
    List<List<Object>> rows = new ArrayList<>();
    for (Explanation.Conversion conversion : explanation.conversions()) {
      conversion.items().forEach(item -> rows.add(item(conversion.name(), item)));
    }
    for (Explanation.Step step : explanation.steps()) {
      step.terms().forEach(term -> rows.add(term(step, term)));
      rows.add(sum(step));
      rows.add(rounded(step));
    }
    return new Listing(COLUMNS, rows);
  }

  private static List<Object> item(String step, Explanation.Item item) {
    boolean finite = item.from().isFinite() && item.to().isFinite();
    Value lost = finite ? difference(item.from(), item.to()) : Value.ZERO;
    return List.of(
        step,
        item.name(),
        number(item.from()),
        "",
        "",
        "",
        number(item.to()),
        lost.isZero() ? "" : number(lost),
        "",
        item.stored().map(s -> Codes.hex(s.format(), s.code())).orElse(""));
  }

  private static List<Object> term(Explanation.Step step, Explanation.Term term) {
    boolean finite = term.value().isFinite();
    if (!step.aligned()) {
      String sum = number(term.partialSum());
      return List.of(step.name(), term.name(), number(term.value()), "", "", "", "", "", sum, "");
    }
    return List.of(
        step.name(),
        term.name(),
        number(term.value()),
        finite ? term.exponent() : "",
        finite ? kept(term.kept(), step) : "",
        finite ? cut(term, step.lastBit()) : "",
        finite ? number(term.kept()) : "",
        finite && !term.cut().isZero() ? number(term.cut()) : "",
        finite ? number(term.partialSum()) : "",
        "");
  }

  private static List<Object> sum(Explanation.Step step) {
    return List.of(
        step.name(),
        step.aligned() ? "sum, aligned to 2^" + step.largestExponent() : "exact sum",
        number(step.sum()),
        "",
        step.aligned() && step.sum().isFinite() ? kept(step.sum(), step) : "",
        "",
        "",
        "",
        "",
        "");
  }

  private static List<Object> rounded(Explanation.Step step) {
    NumberFormat output = step.format();
    return List.of(
        step.name(),
        (output instanceof IntegerFormat ? "stored as " : "rounded to ") + output.name(),
        number(step.rounded()),
        "",
        "",
        "",
        "",
        lost(step),
        "",
        Codes.hex(output, step.code()));
  }

  /** What rounding takes from the sum. */
  private static String lost(Explanation.Step step) {
    if (!step.sum().isFinite() || !step.rounded().isFinite()) {
      return "";
    }
    Value lost = difference(step.sum(), step.rounded());
    return lost.isZero() ? "" : number(lost);
  }

  /** {@code x - y}, exactly. */
  static Value difference(Value x, Value y) {
    int least = Math.min(x.exponent(), y.exponent());
    BigInteger rest = units(x, least).subtract(units(y, least));
    return Value.finite(rest.signum() < 0, rest.abs(), least);
  }

  private static BigInteger units(Value x, int exponent) {
    BigInteger units = x.significand().shiftLeft(x.exponent() - exponent);
    return x.negative() ? units.negate() : units;
  }

  /** Bits above the last one that is kept, with a point below the largest exponent. */
  private static String kept(Value value, Explanation.Step step) {
    int fraction = step.largestExponent() - step.lastBit();
    StringBuilder bits = new StringBuilder(units(value, step.lastBit()).abs().toString(2));
    while (bits.length() <= fraction) {
      bits.insert(0, '0');
    }
    bits.insert(bits.length() - fraction, '.');
    return (value.negative() ? "-" : "+") + bits.toString().replaceFirst("\\.$", "");
  }

  /** Bits below the last one that is kept, after so many zeros. */
  private static String cut(Explanation.Term term, int lastBit) {
    Value cut = term.cut();
    if (cut.isZero()) {
      return "";
    }
    int length = lastBit - cut.exponent();
    String bits = cut.significand().toString(2);
    int zeros = length - bits.length();
    String sign = cut.negative() == term.value().negative() ? "" : "-";
    return sign + (zeros > 8 ? "0{" + zeros + "}" : "0".repeat(zeros)) + bits;
  }

  /** The shortest decimal that a binary64 number of the value has; sums may round in the print. */
  static String number(Value value) {
    return switch (value.kind()) {
      case NAN -> "NaN";
      case INFINITE -> value.negative() ? "-Infinity" : "Infinity";
      case FINITE -> Double.toString(toDouble(value));
    };
  }

  /** A finite value as a double; one that is none is rounded. */
  static double toDouble(Value value) {
    double magnitude = Math.scalb(value.significand().doubleValue(), value.exponent());
    return value.negative() ? -magnitude : magnitude;
  }
}
