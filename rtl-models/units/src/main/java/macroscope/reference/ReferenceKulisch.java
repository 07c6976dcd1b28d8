package macroscope.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Value;
import macroscope.unit.KulischSpec;

/** The exact sum of products, wrapped in its register, and the addend, rounded once to nearest even. */
public final class ReferenceKulisch implements ReferenceUnit {

  private final KulischSpec spec;

  public ReferenceKulisch(KulischSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    List<Value> x = values(spec.a(), a);
    List<Value> y = values(spec.b(), b);
    Value addend = spec.output().decode(c);
    Optional<Value> special = SpecialTerms.sum(x, y, addend);
    if (special.isPresent()) {
      return SumRounding.special(spec.output(), special.get());
    }
    Value sum = Value.ZERO;
    for (int k = 0; k < x.size(); k++) {
      sum = ExactArithmetic.sum(sum, ExactArithmetic.product(x.get(k), y.get(k)));
    }
    return SumRounding.round(spec.output(), ExactArithmetic.sum(addend, held(sum)));
  }

  /** What a two's complement register holds of a sum, its least bit that of products. */
  private Value held(Value sum) {
    int unit = unit(spec.a()) + unit(spec.b());
    BigInteger significand =
        sum.isZero() ? BigInteger.ZERO : sum.significand().shiftLeft(sum.exponent() - unit);
    BigInteger range = BigInteger.ONE.shiftLeft(spec.accumulatorBits());
    BigInteger low = (sum.negative() ? significand.negate() : significand).mod(range);
    boolean negative = low.compareTo(range.shiftRight(1)) >= 0;
    return Value.finite(negative, negative ? range.subtract(low) : low, unit);
  }

  private static int unit(FloatFormat format) {
    return format.minExponent() - format.fractionBits();
  }

  private static List<Value> values(FloatFormat format, long[] codes) {
    List<Value> values = new ArrayList<>();
    for (long code : codes) {
      values.add(format.decode(code));
    }
    return values;
  }
}
