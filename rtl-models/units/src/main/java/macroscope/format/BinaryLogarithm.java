package macroscope.format;

import java.math.BigInteger;

/** Logarithms and powers of two to any number of bits, by integers alone. */
final class BinaryLogarithm {

  /** Bits carried beyond those asked for; see {@link #floorLog2}. */
  private static final int GUARD_BITS = 64;

  private static final int SIGNIFICAND_BITS = 53;

  private BinaryLogarithm() {}

  /**
   * {@code floor(log2(significand) * 2^fractionBits)}.
   *
   * <p>Digits by repeated squaring of a number in [1, 2), of which a lower and an upper bound are
   * carried. Where the bounds disagree on a digit it starts again with twice the precision; it ends
   * because the logarithm of an integer that is no power of two is irrational.
   *
   * @param significand positive and no power of two
   */
  static BigInteger floorLog2(BigInteger significand, int fractionBits) {
    int precision = significand.bitLength() + 2 * fractionBits + GUARD_BITS;
    while (true) {
      BigInteger digits = digits(significand, fractionBits, precision);
      if (digits.signum() >= 0) {
        return digits;
      }
      precision *= 2;
    }
  }

  /** The digits, or -1 if the precision does not settle them. */
  private static BigInteger digits(BigInteger significand, int fractionBits, int precision) {
    int integer = significand.bitLength() - 1;
    BigInteger two = BigInteger.TWO.shiftLeft(precision);
    BigInteger low = significand.shiftLeft(precision - integer);
    BigInteger high = low;
    BigInteger digits = BigInteger.valueOf(integer);
    for (int i = 0; i < fractionBits; i++) {
      low = low.multiply(low).shiftRight(precision);
      high = high.multiply(high).shiftRight(precision).add(BigInteger.ONE);
      boolean one = low.compareTo(two) >= 0;
      if (one != high.compareTo(two) >= 0) {
        return BigInteger.ONE.negate();
      }
      digits = digits.shiftLeft(1).or(one ? BigInteger.ONE : BigInteger.ZERO);
      if (one) {
        low = low.shiftRight(1);
        high = high.shiftRight(1).add(BigInteger.ONE);
      }
    }
    return digits;
  }

  /** The double nearest to {@code 2^(numerator / 2^fractionBits)}, 0 <= numerator < 2^fractionBits. */
  static double powerOfTwo(long numerator, int fractionBits) {
    if (numerator == 0) {
      return 1;
    }
    // One bit more than a double has tells which is nearer, since the power is irrational.
    BigInteger floor = floorPower(numerator, fractionBits, SIGNIFICAND_BITS);
    BigInteger rounded = floor.add(BigInteger.ONE).shiftRight(1);
    return Math.scalb((double) rounded.longValueExact(), -(SIGNIFICAND_BITS - 1));
  }

  /** The largest double below {@code 2^(numerator / 2^fractionBits)}, the power irrational. */
  static double belowPowerOfTwo(long numerator, int fractionBits) {
    BigInteger floor = floorPower(numerator, fractionBits, SIGNIFICAND_BITS - 1);
    return Math.scalb((double) floor.longValueExact(), -(SIGNIFICAND_BITS - 1));
  }

  /** {@code floor(2^(numerator / 2^fractionBits) * 2^bits)} by a product of roots of two. */
  static BigInteger floorPower(long numerator, int fractionBits, int bits) {
    int precision = bits + GUARD_BITS + 2 * fractionBits;
    BigInteger root = BigInteger.TWO.shiftLeft(precision);
    BigInteger product = BigInteger.ONE.shiftLeft(precision);
    for (int i = 1; i <= fractionBits; i++) {
      root = root.shiftLeft(precision).sqrt();
      if ((numerator >> (fractionBits - i) & 1) != 0) {
        product = product.multiply(root).shiftRight(precision);
      }
    }
    // A root is less than two units low, a product so less than five more than before, and what
    // products lack grows with them, to less than double.
    BigInteger most = product.add(BigInteger.valueOf(10L * fractionBits));
    int cut = precision - bits;
    if (!product.shiftRight(cut).equals(most.shiftRight(cut))) {
      throw new IllegalStateException("power of two is not settled: " + numerator);
    }
    return product.shiftRight(cut);
  }
}
