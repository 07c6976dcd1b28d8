package macroscope.unit;

import macroscope.format.CodebookFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Widths;
import macroscope.unit.BitSerialSpec.Digits;

/**
 * How the codes of an operand are bit planes: {@code 2 v = sum over j of weight_j * digit_j + offset},
 * doubled so that all are integers. A digit is -1 or 1, or 0 or 1.
 *
 * @param planes number of planes
 * @param flipped bits of a code that are complemented
 * @param weights of the planes, the least first
 * @param offset what is added, 0 or -1: twice one half of the sum of the other operand
 */
record SerialDigits(int planes, int flipped, int[] weights, int offset) {

  /** What the digits of a format are. */
  static SerialDigits of(NumberFormat format, Digits digits) {
    int planes = format.bits();
    Widths.inRange("bits of the serial operand", planes, 1, 16);
    int[] weights = new int[planes];
    if (format instanceof IntegerFormat integers) {
      requireSigned(integers);
      int first = digits == Digits.SIGNED ? 1 : 2;
      for (int j = 0; j < planes; j++) {
        weights[j] = first << j;
      }
      int sign = 1 << (planes - 1);
      if (digits == Digits.SIGNED) {
        return new SerialDigits(planes, sign, weights, -1);
      }
      weights[planes - 1] = -weights[planes - 1];
      return new SerialDigits(planes, 0, weights, 0);
    }
    requireOdd(format, digits);
    for (int j = 0; j < planes; j++) {
      weights[j] = 2 << j;
    }
    return new SerialDigits(planes, 0, weights, 0);
  }

  private static void requireSigned(IntegerFormat format) {
    if (!format.signed() || format.fractionBits() != 0) {
      throw new IllegalArgumentException(
          "the serial operand must be signed integers or bit planes of -1 and 1: " + format.name());
    }
  }

  /** Odd integers: the digits -1 and 1 of a code have no offset. */
  private static void requireOdd(NumberFormat format, Digits digits) {
    boolean odd = format instanceof CodebookFormat && digits == Digits.SIGNED;
    for (int code = 0; odd && code < 1 << format.bits(); code++) {
      int value = 2 * code - ((1 << format.bits()) - 1);
      odd = format.decodeDouble(code) == IeeeArithmetic.exact64(value);
    }
    if (!odd) {
      throw new IllegalArgumentException(
          "the serial operand must be signed integers or, with signed digits, bit planes of -1 and 1: "
              + format.name());
    }
  }

  /** The bit of a code in a plane. */
  int bit(long code, int plane) {
    return (int) ((code ^ flipped) >> plane & 1);
  }
}
