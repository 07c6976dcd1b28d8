package macroscope.elementwise;

import java.math.BigInteger;
import java.util.Objects;
import macroscope.format.Value;
import macroscope.hardware.Widths;

/**
 * A factor {@code multiplier / 2^shift} that takes the place of a real scale, so that requantization is
 * one integer multiplication and one shift (HAWQ-V3, Yao et al., arXiv 2011.10680, section 3.1; Jacob
 * et al., arXiv 1712.05877, section 2.2).
 *
 * @param multiplier 1..2^31 - 1
 * @param shift 0..62
 * @param rounding of what the shift cuts off
 */
public record DyadicScale(long multiplier, int shift, ShiftRounding rounding) {

  private static final int MOST_SHIFT = 62;

  public DyadicScale {
    Objects.requireNonNull(rounding, "rounding");
    if (multiplier < 1 || multiplier > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("multiplier must be 1..2147483647: " + multiplier);
    }
    Widths.inRange("shift", shift, 0, MOST_SHIFT);
    if (rounding == ShiftRounding.DOUBLING_HIGH_MULTIPLY) {
      Widths.inRange("shift of a doubling high multiply", shift, 31, MOST_SHIFT);
    }
  }

  /**
   * The dyadic number nearest to a positive real one whose multiplier has {@code bits} bits, of two the
   * larger.
   *
   * @param bits of the multiplier, 1..31
   * @throws IllegalArgumentException if the shift of such a number would be out of range
   */
  public static DyadicScale nearest(double real, int bits, ShiftRounding rounding) {
    Widths.inRange("multiplier bits", bits, 1, 31);
    Value exact = Value.of(real);
    if (!exact.isFinite() || exact.isZero() || exact.negative()) {
      throw new IllegalArgumentException("scale must be positive and finite: " + real);
    }
    int shift = bits - exact.exponent() - exact.significand().bitLength();
    BigInteger twice = scaled(exact.significand(), exact.exponent() + shift + 1);
    long multiplier = twice.add(BigInteger.ONE).shiftRight(1).longValueExact();
    return multiplier >>> bits == 0
        ? new DyadicScale(multiplier, shift, rounding)
        : new DyadicScale(multiplier >> 1, shift - 1, rounding);
  }

  private static BigInteger scaled(BigInteger x, int exponent) {
    return exponent >= 0 ? x.shiftLeft(exponent) : x.shiftRight(-exponent);
  }

  /**
   * {@code x * multiplier / 2^shift}, rounded.
   *
   * @param x |x| < 2^31, as accumulators have it
   */
  public long apply(long x) {
    if (x < Integer.MIN_VALUE || x > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("an accumulator must have at most 32 bits: " + x);
    }
    return rounding.shift(x * multiplier, shift);
  }
}
