package macroscope.rtl;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import macroscope.format.FloatFormat;
import macroscope.format.SpecialValues;

/** Collects the parameters of a module. */
final class Parameters {

  private final Map<String, String> values;

  Parameters() {
    this(Map.of());
  }

  /** Starts from others. */
  Parameters(Map<String, String> others) {
    this.values = new TreeMap<>(others);
  }

  Parameters put(String name, int value) {
    values.put(name, Integer.toString(value));
    return this;
  }

  Parameters put(String name, boolean flag) {
    return put(name, flag ? 1 : 0);
  }

  /** A constant of a given width, in hexadecimal. */
  Parameters put(String name, int bits, long code) {
    values.put(name, bits + "'h" + Long.toHexString(code));
    return this;
  }

  /** A constant that may be wider. */
  Parameters put(String name, int bits, BigInteger word) {
    values.put(name, bits + "'h" + word.toString(16));
    return this;
  }

  /** The fields of an operand format, as {@code float_unpack} takes them. */
  Parameters operand(String prefix, FloatFormat format) {
    return put(prefix + "_EXPONENT_BITS", format.exponentBits())
        .put(prefix + "_FRACTION_BITS", format.fractionBits())
        .put(prefix + "_SIGNED", format.signed())
        .put(prefix + "_ZERO_EXPONENT", zeroExponent(format))
        .put(prefix + "_SPECIALS", specials(format));
  }

  /** The number under which {@code float_unpack} knows what exponent field 0 means. */
  static int zeroExponent(FloatFormat format) {
    return switch (format.zeroExponent()) {
      case SUBNORMAL -> 0;
      case NORMAL -> 1;
      case NORMAL_AND_ZERO -> 2;
    };
  }

  /** The number under which {@code float_unpack} knows the special values of a format. */
  static int specials(FloatFormat format) {
    SpecialValues specials = format.specials();
    return switch (specials) {
      case FINITE -> 0;
      case IEEE -> 1;
      case FN, MERGED -> 2;
      case FNUZ -> 3;
      case P3109_FINITE -> format.signed() ? 3 : 2;
      case P3109_EXTENDED -> format.signed() ? 4 : 5;
    };
  }

  /** A parameter that was put as a decimal number. */
  int number(String name) {
    return Integer.parseInt(values.get(name));
  }

  Map<String, String> all() {
    return values;
  }
}
