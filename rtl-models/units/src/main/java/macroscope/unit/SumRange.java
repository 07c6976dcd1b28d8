package macroscope.unit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;

/**
 * All integers that sums of products can be, in units of the least bit of a product: the range that an
 * exact accumulator must hold. Zero is always within, so that every partial sum, in whatever order
 * products are added, lies in the range of the whole.
 *
 * <p>Operands are the numbers that formats encode: of a symmetric integer not the most negative code,
 * of a float no NaN and no infinity.
 *
 * @param least at most 0
 * @param most at least 0
 */
public record SumRange(BigInteger least, BigInteger most) {

  /** The sum of no products. */
  public static final SumRange ZERO = new SumRange(BigInteger.ZERO, BigInteger.ZERO);

  public SumRange {
    if (least.signum() > 0 || most.signum() < 0) {
      throw new IllegalArgumentException("a range of sums holds 0: " + least + ".." + most);
    }
  }

  /**
   * The numbers of a format in units of its least bit.
   *
   * @throws IllegalArgumentException if it is neither integer nor float
   */
  static SumRange ofNumbers(NumberFormat format) {
    if (format instanceof IntegerFormat integers) {
      BigInteger least = BigInteger.valueOf(integers.least());
      return new SumRange(least, BigInteger.valueOf(integers.most()));
    }
    BigInteger most = integer(format, format.maxFinite());
    return new SumRange(((FloatFormat) format).signed() ? most.negate() : BigInteger.ZERO, most);
  }

  /**
   * The sums that any codes of two formats can make, as the data types alone bound them.
   *
   * @param terms most products of a sum
   * @throws IllegalArgumentException if a format is neither integer nor float
   */
  public static SumRange ofFormats(NumberFormat a, NumberFormat b, int terms) {
    SumRange x = ofNumbers(requireFixedPoint(a));
    SumRange y = ofNumbers(requireFixedPoint(b));
    BigInteger products = BigInteger.valueOf(Widths.positive("terms", terms));
    SumRange product = x.times(y.least).or(x.times(y.most));
    return product.times(products);
  }

  /**
   * The sums that any activations can make with these weights: each weight meets the activation that
   * is worst for it. FINN narrows its accumulators so (minimize_accumulator_width of its matrix-vector
   * unit, Xilinx/finn).
   *
   * @param a format of the activations
   * @param weights N x K; sums end where their scales change along K
   * @throws IllegalArgumentException if a format is neither integer nor float
   */
  public static SumRange ofWeights(NumberFormat a, EncodedMatrix weights) {
    SumRange x = ofNumbers(requireFixedPoint(a));
    return overWeights(weights, x::times);
  }

  /**
   * The sums that the l1 norm of each row of weights allows: at most norm times the largest
   * activation, with either sign. Never narrower than {@link #ofWeights}; what accumulator-aware
   * training bounds (A2Q, arXiv 2308.13504, section 3.2).
   *
   * @param a format of the activations
   * @param weights N x K; sums end where their scales change along K
   * @throws IllegalArgumentException if a format is neither integer nor float
   */
  public static SumRange ofNorm(NumberFormat a, EncodedMatrix weights) {
    SumRange x = ofNumbers(requireFixedPoint(a));
    BigInteger largest = x.most.max(x.least.negate());
    SumRange either = new SumRange(largest.negate(), largest);
    return overWeights(weights, either::times);
  }

  private interface Products {
    SumRange of(BigInteger weight);
  }

  private static SumRange overWeights(EncodedMatrix weights, Products products) {
    NumberFormat format = requireFixedPoint(weights.format().element());
    Map<Long, SumRange> known = new HashMap<>();
    SumRange all = ZERO;
    int run = weights.format().run(weights.columns());
    for (int row = 0; row < weights.rows(); row++) {
      for (int from = 0; from < weights.columns(); from += run) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int k = from; k < Math.min(from + run, weights.columns()); k++) {
          counts.merge(weights.code(row, k), 1, Integer::sum);
        }
        SumRange sum = ZERO;
        for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
          SumRange one =
              known.computeIfAbsent(
                  entry.getKey(), code -> products.of(integer(format, format.decode(code))));
          sum = sum.plus(one.times(BigInteger.valueOf(entry.getValue())));
        }
        all = all.or(sum);
      }
    }
    return all;
  }

  /** A finite number in units of the least bit of its format. */
  static BigInteger integer(NumberFormat format, Value value) {
    if (!value.isFinite()) {
      throw new IllegalArgumentException("a sum of " + format.name() + " must be finite");
    }
    if (value.isZero()) {
      return BigInteger.ZERO;
    }
    int up = value.exponent() - unit(format);
    BigInteger significand = value.significand();
    BigInteger magnitude = up >= 0 ? significand.shiftLeft(up) : significand.shiftRight(-up);
    return value.negative() ? magnitude.negate() : magnitude;
  }

  /** Exponent of the least bit of a format's numbers. */
  static int unit(NumberFormat format) {
    return format instanceof IntegerFormat integers
        ? -integers.fractionBits()
        : FixedPointRange.of((FloatFormat) format).unit();
  }

  private static NumberFormat requireFixedPoint(NumberFormat format) {
    if (format instanceof IntegerFormat || format instanceof FloatFormat) {
      return format;
    }
    throw new IllegalArgumentException(
        "operands of an exact sum must be integers or floats: " + format.name());
  }

  /** This range times a number, of either sign. */
  SumRange times(BigInteger factor) {
    BigInteger x = least.multiply(factor);
    BigInteger y = most.multiply(factor);
    return new SumRange(x.min(y), x.max(y));
  }

  /** The sums of one number of each. */
  SumRange plus(SumRange other) {
    return new SumRange(least.add(other.least), most.add(other.most));
  }

  /** The least range that holds both. */
  public SumRange or(SumRange other) {
    return new SumRange(least.min(other.least), most.max(other.most));
  }

  /** Bits of the narrowest two's complement register that holds every number of the range. */
  public int bits() {
    return Math.max(least.bitLength(), most.bitLength()) + 1;
  }
}
