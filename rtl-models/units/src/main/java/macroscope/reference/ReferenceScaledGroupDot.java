package macroscope.reference;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.format.Value;
import macroscope.unit.ScaledGroupDotSpec;

/** Groups added exactly, scaled, aligned by the exponents of their scales, in exact values. */
public final class ReferenceScaledGroupDot implements ReferenceScaledUnit {

  private static final int ZERO_EXPONENT = -126;

  private final ScaledGroupDotSpec spec;

  public ReferenceScaledGroupDot(ScaledGroupDotSpec spec) {
    this.spec = spec;
  }

  private record Term(Value value, int exponent) {}

  @Override
  public long dot(long[] a, long[] scalesA, long[] b, long[] scalesB, long c) {
    long code = c;
    for (int from = 0; from < a.length; from += spec.length()) {
      code = pass(a, scalesA, b, scalesB, from, spec.accumulator().decode(code));
    }
    return code;
  }

  private long pass(long[] a, long[] scalesA, long[] b, long[] scalesB, int from, Value addend) {
    if (addend.isNan()) {
      return nan();
    }
    List<Term> terms = new ArrayList<>();
    for (int k = from; k < from + spec.length(); k += spec.groupLength()) {
      Value scaleA = spec.scale().decode(scalesA[k / spec.blockLength()]);
      Value scaleB = spec.scale().decode(scalesB[k / spec.blockLength()]);
      if (scaleA.isNan() || scaleB.isNan()) {
        return nan();
      }
      Value scale = ExactArithmetic.product(scaleA, scaleB);
      int exponent = exponent(spec.scale(), scaleA) + exponent(spec.scale(), scaleB);
      terms.add(new Term(ExactArithmetic.product(group(a, b, k), scale), exponent));
    }
    if (addend.isInfinite()) {
      return encode(addend);
    }
    terms.add(new Term(addend, exponent(spec.accumulator(), addend)));
    return round(sum(terms));
  }

  private Value group(long[] a, long[] b, int from) {
    Value sum = Value.ZERO;
    for (int k = from; k < from + spec.groupLength(); k++) {
      Value product = ExactArithmetic.product(spec.a().decode(a[k]), spec.b().decode(b[k]));
      sum = ExactArithmetic.sum(sum, product);
    }
    return sum;
  }

  private Value sum(List<Term> terms) {
    int largest = terms.stream().mapToInt(Term::exponent).max().orElseThrow();
    return terms.stream()
        .map(term -> ExactArithmetic.truncate(term.value, largest - spec.keptFractionBits()))
        .reduce(Value.ZERO, ExactArithmetic::sum);
  }

  private static int exponent(FloatFormat format, Value x) {
    return x.isZero()
        ? ZERO_EXPONENT
        : Math.max(ExactArithmetic.floorLog2(x), format.minExponent());
  }

  private long round(Value sum) {
    if (sum.isZero()) {
      return 0;
    }
    FloatFormat format = spec.accumulator();
    if (spec.finalRounding() == RoundingMode.TIES_TO_EVEN) {
      long code = encode(sum);
      return format.decode(code).isZero() ? 0 : code;
    }
    int exponent = Math.max(ExactArithmetic.floorLog2(sum), format.minExponent());
    Value cut = ExactArithmetic.truncate(sum, exponent - format.fractionBits());
    return cut.isZero() ? 0 : encode(cut);
  }

  private long encode(Value value) {
    return spec.accumulator().encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  /** An IEEE NaN is all ones behind a sign of 0. */
  private long nan() {
    FloatFormat format = spec.accumulator();
    return format.specials() == SpecialValues.IEEE
        ? (1L << (format.bits() - 1)) - 1
        : encode(Value.NAN);
  }
}
