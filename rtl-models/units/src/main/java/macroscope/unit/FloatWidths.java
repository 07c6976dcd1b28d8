package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/** Widths of the fields of a float operand once it is unpacked. */
final class FloatWidths {

  private FloatWidths() {}

  /** Significand bits, the leading one included where the format has one. */
  static int significand(FloatFormat format) {
    int hidden = format.exponentBits() > 0 ? 1 : 0;
    return Math.max(1, format.fractionBits() + hidden);
  }

  /**
   * Positions between the least and the largest exponent: how far a significand moves in fixed point.
   * A subnormal has the least exponent, so it adds none.
   */
  static int exponentSpan(FloatFormat format) {
    return format.exponentBits() == 0 ? 0 : format.maxExponent() - format.minExponent();
  }

  /** Bits of the exact fixed-point product of two operands, without its sign. */
  static int productMagnitude(FloatFormat a, FloatFormat b) {
    return significand(a) + significand(b) + exponentSpan(a) + exponentSpan(b);
  }

  /** 1 if either operand has a sign, else 0. */
  static int signBits(FloatFormat a, FloatFormat b) {
    return a.signed() || b.signed() ? 1 : 0;
  }

  /** Bits of the sum of two biased exponents. */
  static int exponentSum(FloatFormat a, FloatFormat b) {
    return Math.max(1, Math.max(a.exponentBits(), b.exponentBits()) + 1);
  }

  /** Bits that number the exponents of products of a and b together with those of an addend. */
  static int commonExponent(FloatFormat a, FloatFormat b, FloatFormat addend) {
    int least = Math.min(a.minExponent() + b.minExponent(), addend.minExponent());
    int largest =
        Math.max(
            a.minExponent() + exponentSpan(a) + b.minExponent() + exponentSpan(b),
            addend.maxExponent());
    return Math.max(1, Widths.ceilLog2(largest - least + 1));
  }
}
