package macroscope.reference;

import java.math.BigInteger;
import java.util.Arrays;
import macroscope.elementwise.DyadicScale;
import macroscope.elementwise.IntegerLayerNorm;
import macroscope.elementwise.PowerSoftmax;
import macroscope.elementwise.ShiftExponential;
import macroscope.elementwise.ShiftGelu;
import macroscope.elementwise.ShiftRounding;
import macroscope.elementwise.Shiftmax;

/**
 * Integer operations on elements and rows as their papers write them: quotients with the brackets that
 * say how they are rounded, in unlimited integers.
 */
public final class ReferenceElementwise {

  private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

  private ReferenceElementwise() {}

  private static BigInteger floor(BigInteger x, BigInteger y) {
    BigInteger[] parts = x.divideAndRemainder(y);
    boolean below = parts[1].signum() != 0 && (x.signum() < 0) != (y.signum() < 0);
    return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static BigInteger floor(BigInteger x, long y) {
    return floor(x, BigInteger.valueOf(y));
  }

  /** x / 2^shift to nearest; a tie away from zero, or toward plus infinity. */
  private static BigInteger nearest(BigInteger x, int shift, boolean away) {
    BigInteger unit = BigInteger.ONE.shiftLeft(shift);
    boolean mirrored = away && x.signum() < 0;
    BigInteger from = mirrored ? x.negate() : x;
    BigInteger rounded = floor(from.shiftLeft(1).add(unit), unit.shiftLeft(1));
    return mirrored ? rounded.negate() : rounded;
  }

  /** {@code x * multiplier / 2^shift} with the rounding of the scale. */
  public static BigInteger scaled(DyadicScale scale, long x) {
    BigInteger product = BigInteger.valueOf(x).multiply(BigInteger.valueOf(scale.multiplier()));
    ShiftRounding rounding = scale.rounding();
    return switch (rounding) {
      case FLOOR -> floor(product, BigInteger.ONE.shiftLeft(scale.shift()));
      case HALF_UP -> nearest(product, scale.shift(), false);
      case HALF_AWAY -> nearest(product, scale.shift(), true);
      case DOUBLING_HIGH_MULTIPLY -> nearest(nearest(product, 31, false), scale.shift() - 31, true);
    };
  }

  /** floor((r / 2 + I0) 2^(n - q)), p = x + floor(x / 2) - floor(x / 16) = -(q I0) + r. */
  public static BigInteger exponential(ShiftExponential e, long x) {
    BigInteger unit = BigInteger.valueOf(e.inverseScale());
    BigInteger exact = BigInteger.valueOf(x);
    BigInteger power = exact.add(floor(exact, 2)).subtract(floor(exact, 16));
    power = power.max(unit.multiply(BigInteger.valueOf(-e.bits())));
    BigInteger quotient = floor(power, unit.negate());
    BigInteger rest = power.add(quotient.multiply(unit));
    BigInteger doubled = rest.add(unit.shiftLeft(1));
    return floor(doubled.shiftLeft(e.bits() - quotient.intValueExact()), 2);
  }

  private static BigInteger divide(BigInteger e, BigInteger sum, int bits) {
    BigInteger reciprocal = LARGEST.divide(sum.min(LARGEST));
    return floor(e.multiply(reciprocal), BigInteger.ONE.shiftLeft(31 - bits + 1));
  }

  /** IntDiv of every exponential by their sum. */
  public static long[] softmax(Shiftmax softmax, long[] row) {
    long largest = Arrays.stream(row).max().orElseThrow();
    BigInteger sum = BigInteger.ZERO;
    for (long x : row) {
      sum = sum.add(exponential(softmax.exponential(), x - largest));
    }
    BigInteger total = sum;
    return Arrays.stream(row)
        .map(
            x ->
                divide(exponential(softmax.exponential(), x - largest), total, softmax.outputBits())
                    .longValueExact())
        .toArray();
  }

  /** x times the sigmoid of p = x + floor(x / 2) + floor(x / 8) + floor(x / 16). */
  public static long[] gelu(ShiftGelu gelu, long[] row) {
    long[] powers =
        Arrays.stream(row)
            .map(x -> x + Math.floorDiv(x, 2) + Math.floorDiv(x, 8) + Math.floorDiv(x, 16))
            .toArray();
    long largest = Math.max(0, Arrays.stream(powers).max().orElseThrow());
    BigInteger one = exponential(gelu.exponential(), -largest);
    long[] results = new long[row.length];
    for (int i = 0; i < row.length; i++) {
      BigInteger e = exponential(gelu.exponential(), powers[i] - largest);
      BigInteger sigmoid = divide(e, e.add(one), gelu.outputBits());
      results[i] = BigInteger.valueOf(row[i]).multiply(sigmoid).longValueExact();
    }
    return results;
  }

  /** floor(y floor((2^31 - 1) / root) / 2) of deviations y from the mean. */
  public static long[] layerNorm(IntegerLayerNorm norm, long[] row) {
    double exactMean = Arrays.stream(row).sum() / (double) row.length;
    BigInteger mean = BigInteger.valueOf((long) Math.rint(exactMean));
    BigInteger squares = BigInteger.ZERO;
    for (long x : row) {
      squares = squares.add(BigInteger.valueOf(x).subtract(mean).pow(2));
    }
    BigInteger root = BigInteger.ONE.shiftLeft(16);
    for (int i = 0; i < norm.iterations() && root.signum() > 0; i++) {
      root = floor(root.add(floor(squares, root)), 2);
    }
    BigInteger factor = LARGEST.divide(root.max(BigInteger.ONE));
    return Arrays.stream(row)
        .map(x -> floor(BigInteger.valueOf(x).subtract(mean).multiply(factor), 2).longValueExact())
        .toArray();
  }

  /** The sum of powers by its recurrence, in double precision, where it is exact below 2^53. */
  public static long powerSum(PowerSoftmax softmax, long[] row) {
    double unit = Math.scalb(1.0, -softmax.fractionBits());
    double largest =
        softmax.passes() == 3
            ? Math.ceil(Arrays.stream(row).max().orElseThrow() * unit)
            : Math.ceil(row[0] * unit);
    double sum = 0;
    for (long x : row) {
      double next = Math.max(largest, Math.ceil(x * unit));
      sum = Math.floor(sum * StrictMath.pow(2, largest - next));
      sum += power(softmax, x * unit - next);
      largest = next;
    }
    return (long) sum;
  }

  /** 2^f 2^i with the power of the fraction f rounded to nearest, the product cut. */
  private static double power(PowerSoftmax softmax, double x) {
    double whole = Math.floor(x);
    double table = Math.rint(Math.scalb(StrictMath.pow(2, x - whole), softmax.tableBits()));
    return Math.floor(table * StrictMath.pow(2, whole));
  }
}
