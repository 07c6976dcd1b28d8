package macroscope.unit;

import macroscope.format.CodebookFormat;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PositFormat;
import macroscope.format.Value;

/**
 * Reads numbers of a format as {@code significand * 2^(unit + shift)}: a significand of bounded width
 * and a shift that is never negative. Subnormal numbers have shift 0 and short significands.
 *
 * @param format where codes are from
 * @param significandBits most bits of a significand's magnitude
 * @param unit exponent of the least bit of any number
 * @param maxShift largest shift
 */
record Dyadic(NumberFormat format, int significandBits, int unit, int maxShift) {

  private static final int SHIFT_BITS = 16;

  /** Widest table whose values are all looked at. */
  private static final int MOST_TABLE_BITS = 16;

  /**
   * @throws IllegalArgumentException if the numbers of the format are not dyadic, or too wide
   */
  static Dyadic of(NumberFormat format) {
    if (format instanceof IntegerFormat integers && integers.bits() <= Integer.SIZE) {
      return new Dyadic(format, integers.bits(), -integers.fractionBits(), 0);
    }
    if (format instanceof FloatFormat floats && floats.fractionBits() <= 30) {
      return new Dyadic(
          format,
          FloatWidths.significand(floats),
          floats.minExponent() - floats.fractionBits(),
          FloatWidths.exponentSpan(floats));
    }
    if (format instanceof PositFormat posits) {
      return posit(posits);
    }
    if (format instanceof CodebookFormat && format.bits() <= MOST_TABLE_BITS) {
      return table(format);
    }
    throw new IllegalArgumentException(
        "operands must be integers of at most 32 bits, floats of at most 30 fraction bits, posits or"
            + " tables: "
            + format.name());
  }

  /** Numbers next to 1 have the longest fractions; each is a multiple of the least. */
  private static Dyadic posit(PositFormat format) {
    int significand = Math.max(1, format.bits() - 2 - format.exponentBits());
    int unit = format.leastExponent();
    int most = -format.leastExponent();
    return new Dyadic(format, significand, unit, Math.max(0, most - (significand - 1) - unit));
  }

  /** Significands as short as the longest number without its trailing zeros, shifted for the others. */
  private static Dyadic table(NumberFormat format) {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    int longest = 1;
    for (long code = 0; code < 1L << format.bits(); code++) {
      if (format.isCode(code) && !format.decode(code).isZero()) {
        Value value = format.decode(code);
        int zeros = value.significand().getLowestSetBit();
        least = Math.min(least, value.exponent() + zeros);
        most = Math.max(most, value.exponent() + value.significand().bitLength());
        longest = Math.max(longest, value.significand().bitLength() - zeros);
      }
    }
    if (most - least > Integer.SIZE - 1) {
      throw new IllegalArgumentException(
          "numbers of a table must be multiples of one power of two, of at most 31 bits: "
              + format.name());
    }
    return new Dyadic(format, longest, least, most - least - longest);
  }

  /** A finite code, packed: the significand with its sign above the shift. */
  long operand(long code) {
    Value value = format.decode(code);
    if (value.isZero()) {
      return 0;
    }
    int leading = value.exponent() + value.significand().bitLength() - 1;
    int shift = Math.max(0, leading - (significandBits - 1) - unit);
    int up = value.exponent() - unit - shift;
    long magnitude =
        up >= 0
            ? value.significand().longValueExact() << up
            : value.significand().shiftRight(-up).longValueExact();
    return (value.negative() ? -magnitude : magnitude) << SHIFT_BITS | shift;
  }

  static long significand(long operand) {
    return operand >> SHIFT_BITS;
  }

  static int shift(long operand) {
    return (int) (operand & ((1 << SHIFT_BITS) - 1));
  }
}
