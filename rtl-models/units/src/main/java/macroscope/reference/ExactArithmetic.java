package macroscope.reference;

import java.math.BigInteger;
import macroscope.format.Value;

/** Exact products and sums of finite values, and the few ways in which units cut them. */
final class ExactArithmetic {

  private ExactArithmetic() {}

  static Value product(Value x, Value y) {
    return Value.finite(
        x.negative() != y.negative(),
        x.significand().multiply(y.significand()),
        x.exponent() + y.exponent());
  }

  /** The exact sum; a sum of zero is +0. */
  static Value sum(Value x, Value y) {
    int exponent = Math.min(x.exponent(), y.exponent());
    BigInteger total = units(x, exponent).add(units(y, exponent));
    return Value.finite(total.signum() < 0, total.abs(), exponent);
  }

  /** The sum of numbers or an infinity as IEEE 754 has it: that of two negative zeros is one. */
  static Value signedSum(Value x, Value y) {
    if (!x.isFinite() || !y.isFinite()) {
      return x.isFinite() ? y : x;
    }
    boolean zeros = x.isZero() && y.isZero();
    return zeros && x.negative() && y.negative() ? Value.NEGATIVE_ZERO : sum(x, y);
  }

  /** {@code x / 2^exponent}, signed, where that is an integer. */
  private static BigInteger units(Value x, int exponent) {
    BigInteger magnitude = x.significand().shiftLeft(x.exponent() - exponent);
    return x.negative() ? magnitude.negate() : magnitude;
  }

  /** floor(log2 |x|) of a value that is not zero. */
  static int floorLog2(Value x) {
    return x.exponent() + x.significand().bitLength() - 1;
  }

  /** The multiple of {@code 2^exponent} next to x on the side of zero. */
  static Value truncate(Value x, int exponent) {
    if (x.exponent() >= exponent) {
      return x;
    }
    return Value.finite(
        x.negative(), x.significand().shiftRight(exponent - x.exponent()), exponent);
  }

  /** The multiple of {@code 2^exponent} at or next below x. */
  static Value floor(Value x, int exponent) {
    Value cut = truncate(x, exponent);
    boolean inexact = compareMagnitudes(cut, x) != 0;
    Value unit = Value.finite(true, BigInteger.ONE, exponent);
    return inexact && x.negative() ? sum(cut, unit) : cut;
  }

  /** The multiple of {@code 2^exponent} nearest to x, of two the even one. */
  static Value roundToNearest(Value x, int exponent) {
    Value below = truncate(x, exponent);
    Value rest = sum(x, below.negate());
    Value half = Value.finite(false, BigInteger.ONE, exponent - 1);
    int side = compareMagnitudes(rest, half);
    boolean odd = below.exponent() == exponent && below.significand().testBit(0);
    if (side < 0 || (side == 0 && !odd)) {
      return below;
    }
    return sum(below, Value.finite(x.negative(), BigInteger.ONE, exponent));
  }

  static int compareMagnitudes(Value x, Value y) {
    int exponent = Math.min(x.exponent(), y.exponent());
    return units(x, exponent).abs().compareTo(units(y, exponent).abs());
  }
}
