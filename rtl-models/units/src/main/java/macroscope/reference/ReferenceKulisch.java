package macroscope.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.format.Value;
import macroscope.unit.KulischSpec;

/** The exact sum of products, rounded once to nearest even. */
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
      return special(special.get());
    }
    Value sum = addend;
    for (int k = 0; k < x.size(); k++) {
      sum = ExactArithmetic.sum(sum, ExactArithmetic.product(x.get(k), y.get(k)));
    }
    return round(sum);
  }

  private static List<Value> values(FloatFormat format, long[] codes) {
    List<Value> values = new ArrayList<>();
    for (long code : codes) {
      values.add(format.decode(code));
    }
    return values;
  }

  private long round(Value sum) {
    FloatFormat format = spec.output();
    boolean saturates = format.specials() == SpecialValues.FINITE;
    long code =
        format.encode(
            sum, RoundingMode.TIES_TO_EVEN, saturates ? Overflow.SATURATE : Overflow.NATIVE);
    Value rounded = format.decode(code);
    if (rounded.isZero()) {
      return 0;
    }
    return rounded.isFinite() ? code : special(rounded);
  }

  /** An IEEE NaN is all ones behind a sign of 0. */
  private long special(Value value) {
    FloatFormat format = spec.output();
    boolean allOnes = value.isNan() && format.specials() == SpecialValues.IEEE;
    return allOnes
        ? (1L << (format.bits() - 1)) - 1
        : format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
