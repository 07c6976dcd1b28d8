package macroscope.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.TwoLevelDotSpec;

/** Products in one aligned sum, that sum and the addend in another, in exact values. */
public final class ReferenceTwoLevelDot implements ReferenceUnit {

  private static final int ZERO_EXPONENT = -126;
  private static final FloatFormat REAL = Formats.BINARY32;
  private static final Value LARGE = Value.of(1, 128);

  private final TwoLevelDotSpec spec;

  public ReferenceTwoLevelDot(TwoLevelDotSpec spec) {
    this.spec = spec;
  }

  /** Products of a lane: their sum, a multiple of 2^(exponent - 24). */
  private record Lane(Value sum, int exponent) {}

  @Override
  public long dot(long[] a, long[] b, long c) {
    int passes = (a.length + spec.length() - 1) / spec.length();
    long code = c;
    for (int k = 0; k < passes * spec.length(); k += spec.groupLength()) {
      code = group(values(spec.a(), a, k), values(spec.b(), b, k), REAL.decode(code));
    }
    return code;
  }

  private List<Value> values(FloatFormat format, long[] codes, int from) {
    List<Value> values = new ArrayList<>();
    for (int k = from; k < from + spec.groupLength(); k++) {
      values.add(k < codes.length ? format.decode(codes[k]) : Value.ZERO);
    }
    return values;
  }

  private long group(List<Value> a, List<Value> b, Value addend) {
    Optional<Value> special = SpecialTerms.sum(a, b, addend).or(() -> overflow(a, b));
    if (special.isPresent()) {
      return special.get().isNan() ? 0x7FFF_FFFFL : encode(special.get());
    }
    Lane sum = lane(a, b, 0);
    if (spec.lanes() == 2) {
      sum = joined(sum, lane(a, b, 1));
    }
    int addendExponent = exponent(REAL, addend);
    int largest = Math.max(sum.exponent, addendExponent);
    boolean far = spec.lanes() == 2 && addendExponent < largest - 25;
    Value cutAddend = far ? Value.ZERO : ExactArithmetic.floor(addend, largest - 24);
    return round(ExactArithmetic.sum(ExactArithmetic.floor(sum.sum, largest - 31), cutAddend));
  }

  private static Optional<Value> overflow(List<Value> a, List<Value> b) {
    boolean positive = false;
    boolean negative = false;
    for (int k = 0; k < a.size(); k++) {
      Value product = ExactArithmetic.product(a.get(k), b.get(k));
      boolean large = ExactArithmetic.compareMagnitudes(product, LARGE) >= 0;
      positive |= large && !product.negative();
      negative |= large && product.negative();
    }
    if (positive && negative) {
      return Optional.of(Value.NAN);
    }
    if (positive) {
      return Optional.of(Value.POSITIVE_INFINITY);
    }
    return negative ? Optional.of(Value.NEGATIVE_INFINITY) : Optional.empty();
  }

  private Lane lane(List<Value> a, List<Value> b, int first) {
    int largest = Integer.MIN_VALUE;
    for (int k = first; k < a.size(); k += spec.lanes()) {
      int exponent = exponent(spec.a(), a.get(k)) + exponent(spec.b(), b.get(k));
      largest = Math.max(largest, exponent);
    }
    Value sum = Value.ZERO;
    for (int k = first; k < a.size(); k += spec.lanes()) {
      Value product = ExactArithmetic.product(a.get(k), b.get(k));
      sum = ExactArithmetic.sum(sum, ExactArithmetic.truncate(product, largest - 24));
    }
    return new Lane(sum, largest);
  }

  private static Lane joined(Lane x, Lane y) {
    int largest = Math.max(x.exponent, y.exponent);
    Value sum =
        ExactArithmetic.sum(
            ExactArithmetic.floor(x.sum, largest - 24), ExactArithmetic.floor(y.sum, largest - 24));
    return new Lane(sum, largest);
  }

  private static int exponent(FloatFormat format, Value x) {
    return x.isZero()
        ? ZERO_EXPONENT
        : Math.max(ExactArithmetic.floorLog2(x), format.minExponent());
  }

  private static long round(Value sum) {
    return sum.isZero() ? 0 : encode(sum);
  }

  private static long encode(Value value) {
    return REAL.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
