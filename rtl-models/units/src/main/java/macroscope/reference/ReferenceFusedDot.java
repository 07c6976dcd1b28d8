package macroscope.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.format.Value;
import macroscope.unit.FusedDotSpec;

/** The fused dot product of tensor cores, term by term in exact values. */
public final class ReferenceFusedDot implements ReferenceUnit {

  /** Exponent of any zero, as MMA-Sim (c785138) has it. */
  private static final int ZERO_EXPONENT = -126;

  private final FusedDotSpec spec;

  public ReferenceFusedDot(FusedDotSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    int passes = (a.length + spec.length() - 1) / spec.length();
    long code = c;
    for (int k = 0; k < passes * spec.length(); k += spec.groupLength()) {
      code = group(values(spec.a(), a, k), values(spec.b(), b, k), code);
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

  private long group(List<Value> a, List<Value> b, long addendCode) {
    return group(a, b, Collections.nCopies(a.size(), 0), addendCode);
  }

  /** One group whose products are scaled by powers of two. */
  long group(List<Value> a, List<Value> b, List<Integer> scales, long addendCode) {
    FloatFormat format = spec.accumulator();
    Value addend = format.decode(addendCode);
    Optional<Value> special = SpecialTerms.sum(a, b, addend);
    if (special.isPresent()) {
      return special(special.get());
    }
    List<Term> terms = new ArrayList<>(List.of(new Term(addend, exponent(format, addend))));
    for (int k = 0; k < a.size(); k++) {
      Value product = ExactArithmetic.product(a.get(k), b.get(k));
      boolean unscaled = scales.get(k) == 0;
      Value scaled =
          unscaled ? product : ExactArithmetic.product(product, Value.of(1, scales.get(k)));
      terms.add(new Term(scaled, productExponent(a.get(k), b.get(k)) + scales.get(k)));
    }
    if (!spec.alignment().zerosCount()) {
      terms.removeIf(term -> term.value.isZero());
    }
    int lowest = largest(terms) - spec.keptFractionBits();
    Value sum = Value.ZERO;
    for (Term term : terms) {
      sum = ExactArithmetic.sum(sum, cut(term.value, lowest));
    }
    return round(sum);
  }

  private record Term(Value value, int exponent) {}

  private int largest(List<Term> terms) {
    int largest = terms.stream().mapToInt(Term::exponent).max().orElse(0);
    return Math.max(largest, spec.alignment().leastExponent().orElse(largest));
  }

  private Value cut(Value x, int lowest) {
    return spec.alignment().truncation() == RoundingMode.TOWARD_ZERO
        ? ExactArithmetic.truncate(x, lowest)
        : ExactArithmetic.floor(x, lowest);
  }

  private int productExponent(Value x, Value y) {
    return exponent(spec.a(), x) + exponent(spec.b(), y);
  }

  /** The exponent in the code: a subnormal has the least one. */
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
    int exponent = Math.max(ExactArithmetic.floorLog2(sum), format.minExponent());
    int lowest = exponent - spec.outputFractionBits();
    Value rounded =
        spec.finalRounding() == RoundingMode.TOWARD_ZERO
            ? ExactArithmetic.truncate(sum, lowest)
            : ExactArithmetic.roundToNearest(sum, lowest);
    if (rounded.isZero()) {
      return 0;
    }
    if (ExactArithmetic.compareMagnitudes(rounded, format.maxFinite()) > 0) {
      return overflow(rounded.negative());
    }
    return format.encode(rounded, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private long overflow(boolean negative) {
    FloatFormat format = spec.accumulator();
    if (format.hasInfinity()) {
      return special(negative ? Value.NEGATIVE_INFINITY : Value.POSITIVE_INFINITY);
    }
    if (format.hasNan()) {
      return special(Value.NAN);
    }
    Value largest = largestComputed(format);
    return format.encode(
        negative ? largest.negate() : largest, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  /** The largest finite number with zeros below the computed fraction bits. */
  private Value largestComputed(FloatFormat format) {
    return ExactArithmetic.truncate(
        format.maxFinite(), format.maxExponent() - spec.outputFractionBits());
  }

  /** An IEEE NaN is all ones behind a sign of 0. */
  long special(Value value) {
    FloatFormat format = spec.accumulator();
    long code = format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    boolean allOnes = value.isNan() && format.specials() == SpecialValues.IEEE;
    return allOnes ? (1L << (format.bits() - 1)) - 1 : code;
  }
}
