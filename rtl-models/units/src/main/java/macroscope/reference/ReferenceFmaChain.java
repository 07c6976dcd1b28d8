package macroscope.reference;

import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.FmaChainSpec;

/** Fused multiply-adds of IEEE 754, one after another, in exact values. */
public final class ReferenceFmaChain implements ReferenceUnit {

  private final FmaChainSpec spec;

  public ReferenceFmaChain(FmaChainSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    FloatFormat format = spec.format();
    int passes = (a.length + spec.length() - 1) / spec.length();
    Value sum = format.decode(c);
    for (int k = 0; k < passes * spec.length(); k++) {
      sum =
          k < a.length
              ? multiplyAdd(format.decode(a[k]), format.decode(b[k]), sum)
              : multiplyAdd(Value.ZERO, Value.ZERO, sum);
    }
    return encode(sum);
  }

  private Value multiplyAdd(Value x, Value y, Value z) {
    Optional<Value> special = SpecialTerms.sum(List.of(x), List.of(y), z);
    return special.orElseGet(() -> rounded(exact(ExactArithmetic.product(x, y), z)));
  }

  /** A sum of zero is -0 only if both terms are (IEEE 754-2019, section 6.3). */
  private static Value exact(Value product, Value addend) {
    boolean negativeZero =
        product.isZero() && addend.isZero() && product.negative() && addend.negative();
    return negativeZero ? Value.NEGATIVE_ZERO : ExactArithmetic.sum(product, addend);
  }

  private Value rounded(Value exact) {
    return spec.format().decode(encode(exact));
  }

  private long encode(Value value) {
    return spec.format().encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
