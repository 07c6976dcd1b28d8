package macroscope.accuracy;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erf;

/**
 * Closed forms of the QSNR of block formats on Gaussian elements, by the crest factor of a block: its
 * largest magnitude over its root mean square (Chen et al., INT v.s. FP: A Comprehensive Study of
 * Fine-Grained Low-bit Quantization Formats, arXiv 2510.25602, section 3). Decibels.
 *
 * <p>The integer forms count 2^(b-1) steps to the largest magnitude, as the paper does, where a
 * symmetric integer has one less: at 4 bits that is 1.16 dB.
 */
public final class BlockTheory {

  /** What an e8m0 scale is too large by, as a factor: the mean of the paper. */
  static final double POWER_OF_TWO_OVERHEAD = 1.5;

  /** 20 log10 2 and 10 log10 3, rounded as the paper prints them. */
  private static final double DECIBELS_PER_BIT = 6.02;

  private static final double DECIBELS_OF_A_STEP = 4.78;

  private BlockTheory() {}

  /** {@code 4.78 + 6.02 b - 20 log10(1.5) - 20 log10(crest)}: integers under e8m0 scales. */
  public static double mxint(int bits, double crest) {
    return integer(bits, crest) - decibels(POWER_OF_TWO_OVERHEAD);
  }

  /**
   * Integers under an e4m3 scale of {@code block} elements, whose largest element has no error.
   *
   * @param overhead what the scale is too large by, as a factor; 1 if it is exact
   */
  public static double nvint(int bits, int block, double overhead, double crest) {
    return integer(bits, crest) - decibels(overhead) + 10 * StrictMath.log10(block / (block - 1.0));
  }

  private static double integer(int bits, double crest) {
    return DECIBELS_OF_A_STEP + DECIBELS_PER_BIT * bits - decibels(crest);
  }

  /**
   * What two-level block floating point has at least, whatever the distribution: {@code 6.02 m + 10
   * log10(2^(2b) / (min(N, k1) + (2^(2b) - 1) k2))}, b = 2^d2 - 1 (Darvish Rouhani et al., With Shared
   * Microexponents, A Little Shifting Goes a Long Way, ISCA 2023, arXiv 2302.08007, theorem 1).
   *
   * @param mantissaBits m, without the sign
   * @param k1 elements of a block
   * @param k2 elements of a sub-block
   * @param d2 bits of a sub-block's exponent
   * @param length N, elements of a vector
   */
  public static double lowerBound(int mantissaBits, int k1, int k2, int d2, int length) {
    double spread = StrictMath.scalb(1.0, 2 * ((1 << d2) - 1));
    double ratio = spread / (Math.min(length, k1) + (spread - 1) * k2);
    return DECIBELS_PER_BIT * mantissaBits + 10 * StrictMath.log10(ratio);
  }

  /** Floats under e8m0 scales. */
  public static double mxfp(Minifloat format, double crest) {
    return minifloat(format, POWER_OF_TWO_OVERHEAD * crest, 0);
  }

  /**
   * Floats under an e4m3 scale of {@code block} elements, whose largest element has no error. NaN where
   * that element would have all the energy, from the root of {@code block} on.
   *
   * @param overhead what the scale is too large by, as a factor; 1 if it is exact
   */
  public static double nvfp(Minifloat format, int block, double overhead, double crest) {
    return minifloat(format, overhead * crest, crest * crest / block);
  }

  /**
   * An element format of the theory.
   *
   * @param bias of the exponent
   * @param fractionBits stored significand bits
   * @param largest value
   */
  public record Minifloat(int bias, int fractionBits, double largest) {
    public static final Minifloat E4M3 = new Minifloat(7, 3, 448);
    public static final Minifloat E2M3 = new Minifloat(1, 3, 7.5);
    public static final Minifloat E2M1 = new Minifloat(1, 1, 6);
  }

  /**
   * {@code -10 log10(a w + b reach^2 p)}: a = 1/(24 2^(2M)) the relative error of normal elements, which
   * have the part w of the energy; b = 2^(2(1-B-M))/(12 Qmax^2) the error of subnormal ones, which are
   * the part p of all.
   *
   * @param reach largest element value times scale, in root mean squares of the block
   * @param exact part of the energy that has no error
   */
  private static double minifloat(Minifloat f, double reach, double exact) {
    double leastNormal = reach * StrictMath.scalb(1.0, 1 - f.bias()) / f.largest();
    double subnormal = Erf.value(leastNormal / Math.sqrt(2));
    double density = Math.sqrt(2 / Math.PI) * StrictMath.exp(-leastNormal * leastNormal / 2);
    double normalEnergy = 1 - (subnormal - leastNormal * density) - exact;
    double relative = StrictMath.scalb(1.0, -2 * f.fractionBits()) / 24;
    double step = StrictMath.scalb(1.0, 1 - f.bias() - f.fractionBits()) / f.largest();
    double noise = relative * normalEnergy + step * step / 12 * reach * reach * subnormal;
    return -10 * StrictMath.log10(noise);
  }

  private static double decibels(double factor) {
    return 20 * StrictMath.log10(factor);
  }

  /**
   * The crest factor in from..to at which {@code integers} stop being better than {@code floats}.
   *
   * @throws IllegalArgumentException if they do not cross there
   */
  public static double crossover(
      DoubleUnaryOperator integers, DoubleUnaryOperator floats, double from, double to) {
    DoubleUnaryOperator gain = k -> integers.applyAsDouble(k) - floats.applyAsDouble(k);
    if (!(gain.applyAsDouble(from) > 0 && gain.applyAsDouble(to) < 0)) {
      throw new IllegalArgumentException("no crossover of crest factors in " + from + ".." + to);
    }
    double low = from;
    double high = to;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      if (gain.applyAsDouble(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
