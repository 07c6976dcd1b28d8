package macroscope.reference;

import java.math.BigInteger;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.ExactMultiplication;
import macroscope.unit.LogarithmicMultiplication;
import macroscope.unit.LogarithmicMultiplication.Carry;
import macroscope.unit.LogarithmicMultiplication.Subnormals;
import macroscope.unit.Multiplication;
import macroscope.unit.SignSelection;

/** The product of two finite codes by the definition of its multiplication, on exact values. */
public final class ReferenceProduct {

  private ReferenceProduct() {}

  /**
   * The product.
   *
   * @param x finite code of the left operand
   * @param y finite code of the right operand
   */
  public static Value of(Multiplication multiplication, long x, long y) {
    Value a = multiplication.a().decode(x);
    Value b = multiplication.b().decode(y);
    if (multiplication instanceof LogarithmicMultiplication m) {
      return logarithmic(m, flushed(m, m.a(), a), flushed(m, m.b(), b));
    }
    if (multiplication instanceof SignSelection || multiplication instanceof ExactMultiplication) {
      return ExactArithmetic.product(a, b);
    }
    throw new IllegalArgumentException("unknown multiplication: " + multiplication);
  }

  private static Value flushed(LogarithmicMultiplication m, FloatFormat format, Value x) {
    boolean subnormal =
        format.subnormals() && !x.isZero() && ExactArithmetic.floorLog2(x) < format.minExponent();
    return subnormal && m.subnormals() == Subnormals.FLUSHED ? Value.ZERO : x;
  }

  /** 2^(xe + ye) with what xm + ym + 2^-l makes of it. */
  private static Value logarithmic(LogarithmicMultiplication m, Value x, Value y) {
    if (x.isZero() || y.isZero()) {
      return Value.ZERO;
    }
    Value sum = ExactArithmetic.sum(fraction(x), fraction(y));
    if (m.offset().isPresent()) {
      sum = ExactArithmetic.sum(sum, Value.of(1, -m.offset().getAsInt()));
    }
    int exponent = ExactArithmetic.floorLog2(x) + ExactArithmetic.floorLog2(y);
    Value magnitude =
        m.carry() == Carry.INTO_EXPONENT ? antilogarithm(sum, exponent) : printed(m, sum, exponent);
    return x.negative() == y.negative() ? magnitude : magnitude.negate();
  }

  /** Mitchell's: 2^floor(L) (1 + L - floor(L)) of the logarithm L = exponent + sum. */
  private static Value antilogarithm(Value sum, int exponent) {
    Value whole = ExactArithmetic.floor(sum, 0);
    int carry = whole.significand().shiftLeft(whole.exponent()).intValueExact();
    Value fraction = ExactArithmetic.sum(sum, whole.negate());
    return scaled(ExactArithmetic.sum(Value.of(1, 0), fraction), exponent + carry);
  }

  private static Value printed(LogarithmicMultiplication m, Value sum, int exponent) {
    Value product = scaled(ExactArithmetic.sum(Value.of(1, 0), sum), exponent);
    int last = ExactArithmetic.floorLog2(product) - m.fractionBits();
    return m.rounding()
        .map(
            r ->
                r == RoundingMode.TIES_TO_EVEN
                    ? ExactArithmetic.roundToNearest(product, last)
                    : ExactArithmetic.truncate(product, last))
        .orElse(product);
  }

  /** |x| / 2^floor(log2 |x|) - 1. */
  private static Value fraction(Value x) {
    Value significand =
        Value.finite(false, x.significand(), x.exponent() - ExactArithmetic.floorLog2(x));
    return ExactArithmetic.sum(significand, Value.finite(true, BigInteger.ONE, 0));
  }

  private static Value scaled(Value x, int exponent) {
    return Value.finite(x.negative(), x.significand(), x.exponent() + exponent);
  }
}
