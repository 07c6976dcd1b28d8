package macroscope.unit;

import java.util.Arrays;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.TensorFormat;

/**
 * The conversion of weights to an operand format T, each rounding to nearest even and visible:
 *
 * <pre>
 *   scales after:               w = T(q - z)
 *   scales before:   t = T(s);  w = T(T(q - z) t)
 *   fused zero:      t = T(s);  w = T(T(q) t + T(-T(z) t))
 * </pre>
 *
 * where q is the value of a weight's code, z its zero point and s the product of its scales. T is
 * exact for integers of at most as many bits as its significand has, which is why kernels make
 * floats by putting codes beneath the exponent of 1024 (binary16) or 128 (bfloat16) and subtracting
 * (Kim et al., arXiv 2211.10017): the same numbers. Products and sums are exact in binary64 before
 * they are rounded, see {@link DequantizedUnit}. Overflow is as in T: an infinity where there is one.
 */
final class Dequantizer {

  private static final long UNKNOWN = -1;

  private final DequantizedSpec spec;
  private final NumberFormat operand;

  Dequantizer(DequantizedSpec spec) {
    this.spec = spec;
    this.operand = spec.operand();
  }

  /**
   * The weights as operands, without scales and zero points.
   *
   * @throws IllegalArgumentException if they have another format than the unit converts, or an integer
   *     operand cannot hold one
   */
  EncodedMatrix convert(EncodedMatrix weights) {
    OperandFormats.require(spec.weights(), weights.format().element());
    long[] table = new long[1 << spec.weights().bits()];
    long[] codes = new long[weights.codes().length];
    for (int row = 0, at = 0; row < weights.rows(); row++) {
      double scale = 0;
      long zero = 0;
      for (int k = 0; k < weights.columns(); k++, at++) {
        double nextScale = scale(weights, row, k);
        long nextZero = weights.zeroPoint(row, k);
        if (k == 0 || nextScale != scale || nextZero != zero) {
          scale = nextScale;
          zero = nextZero;
          Arrays.fill(table, UNKNOWN);
        }
        int code = index(weights.codes()[at]);
        if (table[code] == UNKNOWN) {
          table[code] = operand(code, zero, scale);
        }
        codes[at] = table[code];
      }
    }
    TensorFormat plain = new TensorFormat(operand.name(), operand, List.of());
    return new EncodedMatrix(plain, weights.rows(), weights.columns(), codes, List.of());
  }

  private int index(long code) {
    if (!spec.weights().isCode(code)) {
      throw new IllegalArgumentException(
          spec.weights().name() + " has no code 0x" + Long.toHexString(code));
    }
    return (int) code;
  }

  /** The product of the scales that are applied here. */
  private double scale(EncodedMatrix weights, int row, int k) {
    double product = IeeeArithmetic.powerOfTwo(0);
    for (int level = 0; level < weights.format().levels().size(); level++) {
      Extent extent = weights.format().levels().get(level).extent();
      boolean outer = extent instanceof Extent.Tensor || extent instanceof Extent.Row;
      boolean before =
          switch (spec.scale()) {
            case BEFORE -> true;
            case GROUPS_BEFORE -> !outer;
            case AFTER -> false;
          };
      if (before) {
        double scale = weights.scales(level)[extent.index(row, k, weights.columns())];
        product = IeeeArithmetic.multiply64(product, scale);
      }
    }
    return product;
  }

  /** The operand that a code becomes. */
  long operand(long code, long zero, double scale) {
    Value q = spec.weights().decode(code);
    if (spec.scale() == DequantizedSpec.Scale.AFTER) {
      return converted(minus(q, zero));
    }
    double factor = real(rounded(scale));
    if (spec.zero() == DequantizedSpec.Zero.FUSED) {
      double z = real(converted(Value.of(-zero, 0)));
      double offset = real(rounded(IeeeArithmetic.multiply64(z, factor)));
      double product = IeeeArithmetic.multiply64(real(converted(q)), factor);
      return rounded(IeeeArithmetic.add64(product, offset));
    }
    double difference = real(converted(minus(q, zero)));
    return rounded(IeeeArithmetic.multiply64(difference, factor));
  }

  /** q - z, where zero points stand beside integers alone. */
  private static Value minus(Value q, long zero) {
    if (zero == 0) {
      return q;
    }
    long integer = q.significand().longValueExact() << q.exponent();
    return Value.of((q.negative() ? -integer : integer) - zero, 0);
  }

  /** T(i 2^exponent), the operand that a number becomes before its scale. */
  long number(long i, int exponent) {
    return converted(Value.of(i, exponent));
  }

  /** T(x) of a number that few bits describe. */
  private long converted(Value x) {
    boolean floats = operand instanceof FloatFormat;
    Overflow beyond = floats ? Overflow.NATIVE : Overflow.SATURATE;
    long code = operand.encode(x, RoundingMode.TIES_TO_EVEN, beyond);
    if (!floats && !operand.decode(code).equals(x)) {
      throw new IllegalArgumentException(
          "operand format " + operand.name() + " cannot hold every weight of " + spec.name());
    }
    return code;
  }

  private long rounded(double x) {
    return operand.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private double real(long code) {
    return operand.decodeDouble(code);
  }
}
