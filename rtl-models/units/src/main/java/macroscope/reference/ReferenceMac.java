package macroscope.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.Accumulation;
import macroscope.unit.MacSpec;

/** Products by their definition ({@link ReferenceProduct}), added in unlimited integers or binary32. */
public final class ReferenceMac implements ReferenceUnit {

  private final MacSpec spec;

  public ReferenceMac(MacSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    if (spec.accumulation() instanceof Accumulation.FixedPoint sum) {
      return fixedPoint(sum, a, b, c);
    }
    if (spec.accumulation() instanceof Accumulation.IntegerSum sum) {
      BigInteger register = wrapped(BigInteger.valueOf(c), sum.bits());
      BigInteger result = chain(a, b, 0, a.length, register, sum.bits(), sum.saturating(), 0);
      return result.mod(BigInteger.ONE.shiftLeft(sum.bits())).longValueExact();
    }
    if (spec.accumulation() instanceof Accumulation.Promoted sum) {
      return promoted(sum, a, b, c);
    }
    return floats(a, b, c);
  }

  private Value product(long x, long y) {
    return ReferenceProduct.of(spec.multiplication(), x, y);
  }

  /** A product in units of the least bit. */
  private BigInteger units(long x, long y) {
    Value product = product(x, y);
    BigInteger magnitude =
        product.isZero()
            ? BigInteger.ZERO
            : product.significand().shiftLeft(product.exponent() - spec.multiplication().unit());
    return product.negative() ? magnitude.negate() : magnitude;
  }

  private static BigInteger wrapped(BigInteger x, int bits) {
    BigInteger low = x.mod(BigInteger.ONE.shiftLeft(bits));
    return low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
  }

  private Optional<Value> special(long[] a, long[] b, Value addend) {
    return SpecialTerms.sum(
        values(spec.multiplication().a(), a), values(spec.multiplication().b(), b), addend);
  }

  private static List<Value> values(NumberFormat format, long[] codes) {
    List<Value> values = new ArrayList<>();
    for (long code : codes) {
      values.add(format.decode(code));
    }
    return values;
  }

  private long fixedPoint(Accumulation.FixedPoint sum, long[] a, long[] b, long c) {
    Value addend = sum.output().decode(c);
    Optional<Value> special = special(a, b, addend);
    if (special.isPresent()) {
      return sum.output() instanceof FloatFormat output
          ? SumRounding.special(output, special.get())
          : sum.output().encode(Value.NAN, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    }
    BigInteger register = BigInteger.ZERO;
    for (int k = 0; k < a.length; k++) {
      register = wrapped(register.add(units(a[k], b[k])), sum.bits());
    }
    Value products =
        Value.finite(register.signum() < 0, register.abs(), spec.multiplication().unit());
    Value exact = ExactArithmetic.sum(products, addend);
    return sum.output() instanceof FloatFormat output
        ? SumRounding.round(output, exact)
        : sum.output().encode(exact, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private BigInteger chain(
      long[] a,
      long[] b,
      int from,
      int to,
      BigInteger start,
      int bits,
      boolean saturating,
      int drop) {
    BigInteger most = BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE);
    BigInteger sum = start;
    for (int pass = from; pass < to; pass += spec.length()) {
      for (int k = pass; k < Math.min(pass + spec.length(), to); k++) {
        sum = sum.add(units(a[k], b[k]).shiftRight(drop));
      }
      sum = saturating ? sum.min(most).max(most.not()) : wrapped(sum, bits);
    }
    return sum;
  }

  private long promoted(Accumulation.Promoted sum, long[] a, long[] b, long c) {
    float result = Float.intBitsToFloat((int) c);
    for (int from = 0; from < a.length; from += sum.every()) {
      BigInteger partial =
          chain(
              a,
              b,
              from,
              Math.min(from + sum.every(), a.length),
              BigInteger.ZERO,
              sum.bits(),
              sum.saturating(),
              sum.productShift());
      int unit = spec.multiplication().unit() + sum.productShift();
      result += binary32(Value.finite(partial.signum() < 0, partial.abs(), unit));
    }
    return code(result);
  }

  /** Binary32 is what Java computes in; see JLS 15.18.2. */
  private long floats(long[] a, long[] b, long c) {
    Value addend = Formats.BINARY32.decode(c);
    Optional<Value> special = special(a, b, addend);
    if (special.isPresent() && special.get().isNan()) {
      return code(Float.NaN);
    }
    float sum = Float.intBitsToFloat((int) c);
    for (int k = 0; k < a.length; k++) {
      Value x = spec.multiplication().a().decode(a[k]);
      Value y = spec.multiplication().b().decode(b[k]);
      if (x.isFinite() && y.isFinite()) {
        sum += binary32(product(a[k], b[k]));
      } else {
        sum += x.negative() == y.negative() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      }
    }
    return code(sum);
  }

  /** Rounded to nearest even; a zero is positive. */
  private static float binary32(Value exact) {
    return Float.intBitsToFloat((int) SumRounding.round(Formats.BINARY32, exact));
  }

  private static long code(float x) {
    return Float.isNaN(x) ? 0x7FC0_0000L : Float.floatToRawIntBits(x) & 0xFFFF_FFFFL;
  }
}
