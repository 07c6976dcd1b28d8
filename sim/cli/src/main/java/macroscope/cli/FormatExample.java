package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.PositFormat;
import macroscope.format.RoundingMode;
import macroscope.format.TakumFormat;
import macroscope.report.Listing;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;

/** Worked examples: a code read field by field, a block quantized. */
final class FormatExample {

  /** What a code near it is read of. */
  private static final double SAMPLE = 5.5;

  /** A code with two low bits: the subnormal three ulps from zero. */
  private static final long SMALL = 3;

  private static final double[] BLOCK = {0.3, -1.2, 4.5, -0.02, 2.2, -7.1, 0.9, 0};

  private FormatExample() {}

  /** Codes and how their values come about. */
  static List<String> decodings(NumberFormat format) {
    double largest = format.decodeDouble(nearest(format, Double.MAX_VALUE));
    long code = nearest(format, largest > SAMPLE ? SAMPLE : 0.7 * largest);
    List<String> found = new ArrayList<>(List.of(decoding(format, code)));
    if (format instanceof FloatFormat f && f.subnormals() && f.fractionBits() > 1) {
      found.add(decoding(format, SMALL));
    }
    if (format instanceof IntegerFormat i && i.signed() && i.least() <= -SMALL) {
      found.add(decoding(format, nearest(format, Math.scalb(-SMALL, -i.fractionBits()))));
    }
    return found;
  }

  private static long nearest(NumberFormat format, double x) {
    return format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  private static String decoding(NumberFormat format, long code) {
    double value = format.decodeDouble(code);
    String steps = "";
    String fields = Codes.fields(format, code);
    if (format instanceof FloatFormat f) {
      steps = product(f, code);
    } else if (format instanceof IntegerFormat i) {
      steps = integer(i, code);
    } else if (format instanceof PositFormat p) {
      fields = fields(p, code, p.exponent(code), p.leadBits(p.exponent(code)));
      steps = product(p, code, p.exponent(code), p.leadBits(p.exponent(code)));
    } else if (format instanceof TakumFormat t) {
      fields = fields(t, code, t.exponent(code), t.leadBits(t.exponent(code)));
      steps = product(t, code, t.exponent(code), t.leadBits(t.exponent(code)));
    } else if (format instanceof LogarithmicFormat l) {
      long exponent = code << Long.SIZE - l.bits() + 1 >> Long.SIZE - l.bits() + 1;
      steps = "2^(" + exponent + "/" + (1 << l.fractionBits()) + ") = ";
    }
    return Codes.hex(format, code) + " = " + fields + ": " + steps + decimal(value);
  }

  private static String decimal(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** Of a positive code. */
  private static String product(FloatFormat f, long code) {
    long field = code >>> f.fractionBits();
    String fraction = fraction(code, f.fractionBits());
    boolean subnormal = f.subnormals() && field == 0;
    return subnormal
        ? fraction + " * 2^" + f.minExponent() + " = "
        : "(1 + " + fraction + ") * 2^(" + field + " - " + f.bias() + ") = ";
  }

  private static String fraction(long code, int bits) {
    return (code & ((1L << bits) - 1)) + "/" + (1L << bits);
  }

  private static String integer(IntegerFormat i, long code) {
    boolean negative = i.signed() && code >>> i.bits() - 1 != 0;
    String integer = negative ? "(" + code + " - " + (1L << i.bits()) + ")" : Long.toString(code);
    String scale = i.fractionBits() == 0 ? "" : " * 2^" + -i.fractionBits();
    return negative || i.fractionBits() != 0 ? integer + scale + " = " : "";
  }

  /** Bits of the fraction behind a sign and a lead that may be cut. */
  private static int fractionBits(NumberFormat format, int leadBits) {
    return Math.max(0, format.bits() - 1 - leadBits);
  }

  private static String fields(NumberFormat format, long code, int exponent, int leadBits) {
    StringBuilder bits = new StringBuilder(Codes.fields(format, code));
    int fraction = fractionBits(format, leadBits);
    return bits.insert(bits.length() - fraction, fraction > 0 ? " " : "").insert(1, " ").toString()
        + ", exponent "
        + exponent;
  }

  private static String product(NumberFormat format, long code, int exponent, int leadBits) {
    return "(1 + " + fraction(code, fractionBits(format, leadBits)) + ") * 2^" + exponent + " = ";
  }

  /** One row quantized: numbers, codes, scales and what is read back. */
  static Listing block(TensorFormat format) {
    EncodedMatrix encoded = Quantizer.quantize(format, BLOCK, 1, BLOCK.length);
    double[] values = encoded.decode();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < BLOCK.length; i++) {
      long code = encoded.code(0, i);
      rows.add(
          List.of(
              BLOCK[i],
              Codes.hex(format.element(), code),
              significant(format.element().decodeDouble(code)),
              format.hasZeroPoints() ? encoded.zeroPoint(0, i) : "",
              significant(encoded.scale(0, i)),
              significant(values[i])));
    }
    return new Listing(
        List.of("number", "code", "element", "zero_point", "scale", "read_back"), rows);
  }

  private static String significant(double value) {
    return String.format(Locale.ROOT, "%.6g", value).replaceFirst("\\.?0+($|e)", "$1");
  }
}
