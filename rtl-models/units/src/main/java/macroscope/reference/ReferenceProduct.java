package macroscope.reference;

import java.math.BigInteger;
import macroscope.format.FloatFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.PowerFormat;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.AntilogarithmTable;
import macroscope.unit.ExactMultiplication;
import macroscope.unit.LogarithmicMultiplication;
import macroscope.unit.LogarithmicMultiplication.Carry;
import macroscope.unit.LogarithmicMultiplication.Subnormals;
import macroscope.unit.Multiplication;
import macroscope.unit.PowerCorrection;
import macroscope.unit.ShiftAddition;
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
    if (multiplication instanceof ShiftAddition m) {
      return shifted(m, a, b);
    }
    if (multiplication instanceof AntilogarithmTable m) {
      return antilogarithm(m, x, y);
    }
    if (multiplication instanceof PowerCorrection m) {
      return corrected(m, x, y);
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

  /** Each power of two of the weight times the activation, cut below the last kept bit. */
  private static Value shifted(ShiftAddition m, Value activation, Value weight) {
    Value sum = Value.ZERO;
    BigInteger ones = weight.significand();
    for (int place = 0; place < ones.bitLength(); place++) {
      if (ones.testBit(place)) {
        Value term = scaled(activation, weight.exponent() + place);
        sum = ExactArithmetic.sum(sum, ExactArithmetic.floor(term, m.unit()));
      }
    }
    return weight.negative() ? sum.negate() : sum;
  }

  /** 2^L with the significand rounded; Math.pow is right to far more bits than that. */
  private static Value antilogarithm(AntilogarithmTable m, long x, long y) {
    LogarithmicFormat a = (LogarithmicFormat) m.a();
    LogarithmicFormat b = (LogarithmicFormat) m.b();
    if (a.isZero(x) || b.isZero(y)) {
      return Value.ZERO;
    }
    double sum = Math.scalb((double) a.logarithm(x) + b.logarithm(y), -a.fractionBits());
    double whole = Math.floor(sum);
    double significand = StrictMath.pow(2, sum - whole);
    double entry = Math.rint(Math.scalb(significand, m.tableBits()));
    Value magnitude = scaled(Value.of(entry), (int) whole - m.tableBits());
    return a.isNegative(x) == b.isNegative(y) ? magnitude : magnitude.negate();
  }

  /** (|P| / most)^(1 / exponent), rounded with ties away from zero. */
  private static Value corrected(PowerCorrection m, long x, long y) {
    PowerFormat a = (PowerFormat) m.a();
    PowerFormat b = (PowerFormat) m.b();
    long product = a.integer(x) * b.integer(y);
    double quotient = Math.abs(product) / ((double) a.most() * b.most());
    double power = StrictMath.pow(quotient, (double) a.denominator() / a.numerator());
    double entry = Math.floor(Math.scalb(power, m.tableBits()) + 0.5);
    Value magnitude = scaled(Value.of(entry), -m.tableBits());
    return product < 0 ? magnitude.negate() : magnitude;
  }
}
