package macroscope.verify;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/**
 * One code of a format and its value as binary64 bits, with or without the class of the datum. Zeros
 * keep their sign; any NaN stands for NaN. Both {@link NumberFormat#decode} and {@link
 * NumberFormat#decodeDouble} must agree.
 */
final class DecodeKind implements VectorKind {

  private static final Set<String> CLASSES =
      Set.of("zero", "subnormal", "normal", "infinite", "nan");

  private final Function<String, Optional<NumberFormat>> formats;

  DecodeKind(Function<String, Optional<NumberFormat>> formats) {
    this.formats = formats;
  }

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public Columns columns() {
    return Columns.of("format", "code_hex", "value_hex").with("class");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    row.word("value_hex", 16);
    row.code("code_hex", 64);
    if (row.has("class")) {
      row.oneOf("class", CLASSES);
    }
    return formats
        .apply(row.text("format"))
        .map(format -> refusalFails(row, format))
        .orElseGet(() -> Outcome.unknownFormat(row.text("format")));
  }

  private static Outcome refusalFails(VectorRow row, NumberFormat format) {
    long code = row.code("code_hex", format.bits());
    try {
      return replay(row, format, code);
    } catch (IllegalArgumentException e) {
      return new Outcome.Failed("code_hex", row.text("code_hex"), "refused: " + e.getMessage());
    }
  }

  private static Outcome replay(VectorRow row, NumberFormat format, long code) {
    double expected = Double.longBitsToDouble(row.word("value_hex", 16));
    Value value = format.decode(code);
    if (!same(value, Value.of(expected))) {
      return new Outcome.Failed("value_hex", row.text("value_hex"), Hex.of(value));
    }
    double fast = format.decodeDouble(code);
    if (!same(Value.of(fast), Value.of(expected))) {
      return new Outcome.Failed("value_hex", row.text("value_hex"), Hex.of(fast));
    }
    if (row.has("class") && !row.text("class").equals(classOf(format, value))) {
      return new Outcome.Failed("class", row.text("class"), classOf(format, value));
    }
    return new Outcome.Passed();
  }

  private static boolean same(Value a, Value b) {
    return a.isNan() ? b.isNan() : a.equals(b);
  }

  private static String classOf(NumberFormat format, Value value) {
    return switch (value.kind()) {
      case NAN -> "nan";
      case INFINITE -> "infinite";
      case FINITE -> value.isZero() ? "zero" : isSubnormal(format, value) ? "subnormal" : "normal";
    };
  }

  private static boolean isSubnormal(NumberFormat format, Value value) {
    int exponent = value.significand().bitLength() - 1 + value.exponent();
    return format instanceof FloatFormat real && real.subnormals() && exponent < real.minExponent();
  }
}
