package macroscope.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
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
      return SumRounding.special(spec.output(), special.get());
    }
    Value sum = addend;
    for (int k = 0; k < x.size(); k++) {
      sum = ExactArithmetic.sum(sum, ExactArithmetic.product(x.get(k), y.get(k)));
    }
    return SumRounding.round(spec.output(), sum);
  }

  private static List<Value> values(FloatFormat format, long[] codes) {
    List<Value> values = new ArrayList<>();
    for (long code : codes) {
      values.add(format.decode(code));
    }
    return values;
  }
}
