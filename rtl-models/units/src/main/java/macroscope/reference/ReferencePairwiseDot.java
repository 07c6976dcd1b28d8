package macroscope.reference;

import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.PairwiseDotSpec;

/** A tree of rounded additions, halves of a group first, in exact values. */
public final class ReferencePairwiseDot implements ReferenceUnit {

  private static final FloatFormat REAL = Formats.BINARY32;

  private final PairwiseDotSpec spec;

  public ReferencePairwiseDot(PairwiseDotSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    int passes = (a.length + spec.length() - 1) / spec.length();
    if (passes == 0) {
      return c;
    }
    Value sum = entering(REAL, REAL.decode(c));
    for (int k = 0; k < passes * spec.length(); k += spec.groupLength()) {
      sum = leaving(add(sum, tree(a, b, k, spec.groupLength())));
    }
    return REAL.encode(sum, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private Value tree(long[] a, long[] b, int from, int count) {
    if (count == 1) {
      Value x = from < a.length ? entering(spec.a(), spec.a().decode(a[from])) : Value.ZERO;
      Value y = from < a.length ? entering(spec.b(), spec.b().decode(b[from])) : Value.ZERO;
      return leaving(multiplyAdd(x, y, Value.ZERO));
    }
    Value first = tree(a, b, from, count / 2);
    return leaving(add(first, tree(a, b, from + count / 2, count / 2)));
  }

  /** Flushed operands lose their sign. */
  private Value entering(FloatFormat format, Value x) {
    return spec.flushing() && small(format, x) ? Value.ZERO : x;
  }

  /** Flushed results keep it. */
  private Value leaving(Value x) {
    if (spec.flushing() && small(REAL, x)) {
      return x.negative() ? Value.NEGATIVE_ZERO : Value.ZERO;
    }
    return x;
  }

  private static boolean small(FloatFormat format, Value x) {
    return x.isZero() || (x.isFinite() && ExactArithmetic.floorLog2(x) < format.minExponent());
  }

  private static Value add(Value x, Value y) {
    return multiplyAdd(x, Value.of(1, 0), y);
  }

  private static Value multiplyAdd(Value x, Value y, Value z) {
    Optional<Value> special = SpecialTerms.sum(List.of(x), List.of(y), z);
    if (special.isPresent()) {
      return special.get();
    }
    Value product = ExactArithmetic.product(x, y);
    boolean negativeZero = product.isZero() && z.isZero() && product.negative() && z.negative();
    Value exact = negativeZero ? Value.NEGATIVE_ZERO : ExactArithmetic.sum(product, z);
    return REAL.decode(REAL.encode(exact, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
  }
}
