package macroscope.cli;

import java.util.List;
import java.util.Locale;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/** How codes and values are written and read. */
final class Codes {

  private Codes() {}

  /** Hex digits for all bits, with 0x. */
  static String hex(NumberFormat format, long code) {
    int digits = (format.bits() + 3) / 4;
    return String.format(Locale.ROOT, "0x%0" + digits + "x", code);
  }

  /** A code in hex digits, with or without 0x, or in binary with 0b. */
  static long parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      return lower.startsWith("0b")
          ? Long.parseUnsignedLong(lower.substring(2), 2)
          : Long.parseUnsignedLong(lower.startsWith("0x") ? lower.substring(2) : lower, 16);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a code must be hex digits, or 0b and binary: " + text);
    }
  }

  /** Sign, exponent field and fraction of a float's code in binary; all bits of any other. */
  static String fields(NumberFormat format, long code) {
    StringBuilder bits = new StringBuilder(Long.toBinaryString(code));
    bits.insert(0, "0".repeat(format.bits() - bits.length()));
    if (format instanceof FloatFormat f) {
      bits.insert(bits.length() - f.fractionBits(), f.fractionBits() > 0 ? " " : "");
      bits.insert(f.signed() ? 1 : 0, f.signed() && f.exponentBits() > 0 ? " " : "");
    }
    return bits.toString();
  }

  /** zero, subnormal, normal, infinite or nan: the words of the decode vectors. */
  static String kind(NumberFormat format, long code) {
    Value value = format.decode(code);
    if (!value.isFinite()) {
      return value.isNan() ? "nan" : "infinite";
    }
    if (value.isZero()) {
      return "zero";
    }
    boolean subnormal =
        format instanceof FloatFormat f
            && f.subnormals()
            && Math.getExponent(f.decodeDouble(code)) < f.minExponent();
    return subnormal ? "subnormal" : "normal";
  }

  /** Code, fields, value as a decimal and in hex, class. */
  static List<Object> row(NumberFormat format, long code) {
    double value = format.decodeDouble(code);
    return List.of(
        hex(format, code),
        fields(format, code),
        value,
        Double.toHexString(value),
        kind(format, code));
  }
}
