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

  /** Exponent of the lowest bit of a format's numbers in fixed point. */
  static int unit(FloatFormat format) {
    return format.minExponent() - format.fractionBits();
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
    return commonExponent(leastProduct(a, b), largestProduct(a, b), addend);
  }

  /** The same of terms whose exponents lie between two numbers. */
  static int commonExponent(int least, int largest, FloatFormat addend) {
    int range = Math.max(largest, addend.maxExponent()) - Math.min(least, addend.minExponent());
    return Math.max(1, Widths.ceilLog2(range + 1));
  }

  /** Least exponent of a product, subnormals not normalised. */
  static int leastProduct(FloatFormat a, FloatFormat b) {
    return a.minExponent() + b.minExponent();
  }

  /** Largest exponent of a product whose significand is not normalised. */
  static int largestProduct(FloatFormat a, FloatFormat b) {
    return leastProduct(a, b) + exponentSpan(a) + exponentSpan(b);
  }
}
