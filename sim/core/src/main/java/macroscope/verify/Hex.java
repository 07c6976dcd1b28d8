package macroscope.verify;

import macroscope.format.Value;

/** Codes as vector files spell them. */
final class Hex {

  private Hex() {}

  /** A code in lower-case digits, at least {@code digits} of them. */
  static String of(long code, int digits) {
    String text = Long.toHexString(code);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** Codes of {@code digits} digits joined by {@code _}. */
  static String of(long[] codes, int digits) {
    StringBuilder text = new StringBuilder();
    for (long code : codes) {
      text.append(text.isEmpty() ? "" : "_").append(of(code, digits));
    }
    return text.toString();
  }

  /** The bits of a double in sixteen digits. */
  static String of(double value) {
    return of(Double.doubleToRawLongBits(value), 16);
  }

  /** An exact number as a person reads it. */
  static String of(Value value) {
    String sign = value.negative() ? "-" : "";
    return switch (value.kind()) {
      case NAN -> "NaN";
      case INFINITE -> sign + "infinity";
      case FINITE ->
          value.isZero() ? sign + "0" : sign + value.significand() + " * 2^" + value.exponent();
    };
  }
}
