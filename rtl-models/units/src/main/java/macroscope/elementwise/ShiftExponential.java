package macroscope.elementwise;

import java.math.BigInteger;
import macroscope.format.Value;
import macroscope.hardware.Widths;

/**
 * {@code e^(S x)} for x <= 0 by shifts and additions (ShiftExp of I-ViT, Li and Gu, arXiv 2207.01405,
 * algorithm 1): with log2 e as 1.0111b, p = x + (x >> 1) - (x >> 4); p S = -(q + r S) with whole q,
 * and 2^-(r S) as 1 - r S / 2. The result has the scale S / 2^n.
 *
 * @param inverseScale I0: how many units of x are 1
 * @param bits n, fraction bits that the result has below the scale of x; x is clamped to -n / S
 */
public record ShiftExponential(long inverseScale, int bits) {

  public ShiftExponential {
    Widths.inRange("fraction bits of an exponential", bits, 1, 30);
    if (inverseScale < 1 || inverseScale > 1L << (31 - bits)) {
      throw new IllegalArgumentException(
          "inverse scale must be 1..2^" + (31 - bits) + ": " + inverseScale);
    }
  }

  /** That of inputs with the scale S: I0 is 1 / S rounded to nearest, half up. */
  public static ShiftExponential ofScale(double scale, int bits) {
    Value exact = Value.of(scale);
    if (!exact.isFinite() || exact.isZero() || exact.negative()) {
      throw new IllegalArgumentException("scale must be positive and finite: " + scale);
    }
    BigInteger one = BigInteger.ONE.shiftLeft(Math.max(0, -exact.exponent()));
    BigInteger divisor = exact.significand().shiftLeft(Math.max(0, exact.exponent()));
    BigInteger rounded = one.shiftLeft(1).add(divisor).divide(divisor.shiftLeft(1));
    return new ShiftExponential(rounded.longValueExact(), bits);
  }

  /**
   * The exponential in units of S / 2^n; {@code inverseScale << n} is 1.
   *
   * @param x at most 0
   */
  public long of(long x) {
    if (x > 0 || x < -(1L << 40)) {
      throw new IllegalArgumentException("exponent must be -2^40..0: " + x);
    }
    long power = Math.max(x + (x >> 1) - (x >> 4), -bits * inverseScale);
    long whole = -power / inverseScale;
    long rest = power + whole * inverseScale;
    // r / 2 + I0, where the half is kept: both are doubled, and one shift less is done.
    long doubled = rest + 2 * inverseScale;
    int shift = (int) (bits - whole);
    return shift >= 1 ? doubled << (shift - 1) : doubled >> 1;
  }
}
