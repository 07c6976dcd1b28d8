package macroscope.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.VectorFmaSpec;

/** Multiply-adds of x86 in the order of each instruction, in exact values with NaN payloads. */
public final class ReferenceVectorFma implements ReferenceUnit {

  private final VectorFmaSpec spec;
  private final FloatFormat format;

  public ReferenceVectorFma(VectorFmaSpec spec) {
    this.spec = spec;
    this.format = spec.accumulator();
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    List<Value> x = widened(a);
    List<Value> y = widened(b);
    Value sum = format.decode(c);
    for (int k = 0; k < a.length; k += spec.length()) {
      int to = Math.min(k + spec.length(), a.length);
      sum = pass(padded(x.subList(k, to)), padded(y.subList(k, to)), sum);
    }
    return a.length == 0 ? c : code(sum);
  }

  private Value pass(List<Value> x, List<Value> y, Value addend) {
    Value sum = addend;
    Value even = Value.ZERO;
    Value odd = Value.ZERO;
    for (int k = 0; k < x.size(); k++) {
      int swapped = spec.order() == VectorFmaSpec.Order.ODD_FIRST ? k ^ 1 : k;
      if (spec.order() != VectorFmaSpec.Order.TWO_SUMS) {
        sum = fma(x.get(swapped), y.get(swapped), sum);
      } else if (k % 2 == 0) {
        even = fma(x.get(k), y.get(k), even);
      } else {
        odd = fma(x.get(k), y.get(k), odd);
      }
    }
    Value one = Value.of(1, 0);
    return spec.order() == VectorFmaSpec.Order.TWO_SUMS
        ? fma(addend, one, fma(even, one, odd))
        : sum;
  }

  private List<Value> padded(List<Value> values) {
    List<Value> padded = new ArrayList<>(values);
    if (spec.order() != VectorFmaSpec.Order.ASCENDING && values.size() % 2 != 0) {
      padded.add(Value.ZERO);
    }
    return padded;
  }

  /** Operands as values of the accumulator format, NaN payloads at its upper end. */
  private List<Value> widened(long[] codes) {
    int more = format.fractionBits() - spec.operand().fractionBits();
    List<Value> values = new ArrayList<>();
    for (long code : codes) {
      Value value = spec.operand().decode(code);
      values.add(
          value.isNan() ? nan(value.negative(), value.significand().shiftLeft(more)) : value);
    }
    return values;
  }

  private static Value nan(boolean negative, BigInteger payload) {
    return new Value(Value.Kind.NAN, negative, payload, 0);
  }

  private Value fma(Value a, Value b, Value c) {
    int quiet = format.fractionBits() - 1;
    for (Value operand : List.of(a, b, c)) {
      if (operand.isNan()) {
        return nan(operand.negative(), operand.significand().setBit(quiet));
      }
    }
    Value x = entering(a);
    Value y = entering(b);
    Value z = entering(c);
    Optional<Value> special = SpecialTerms.sum(List.of(x), List.of(y), z);
    if (special.isPresent()) {
      return special.get().isNan() ? nan(true, BigInteger.ZERO.setBit(quiet)) : special.get();
    }
    Value product = ExactArithmetic.product(x, y);
    boolean negativeZero = product.isZero() && z.isZero() && product.negative() && z.negative();
    return leaving(negativeZero ? Value.NEGATIVE_ZERO : ExactArithmetic.sum(product, z));
  }

  private Value entering(Value x) {
    return spec.flushing() && tiny(x) ? zero(x) : x;
  }

  /** Rounded once; flushed if, rounded with exponents that go on, it is below the normal numbers. */
  private Value leaving(Value exact) {
    if (spec.flushing() && !exact.isZero()) {
      int lowest = ExactArithmetic.floorLog2(exact) - format.fractionBits();
      if (tiny(ExactArithmetic.roundToNearest(exact, lowest))) {
        return zero(exact);
      }
    }
    return format.decode(format.encode(exact, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
  }

  private boolean tiny(Value x) {
    return x.isFinite() && !x.isZero() && ExactArithmetic.floorLog2(x) < format.minExponent();
  }

  private static Value zero(Value x) {
    return x.negative() ? Value.NEGATIVE_ZERO : Value.ZERO;
  }

  private long code(Value value) {
    if (value.isNan()) {
      long sign = value.negative() ? 1L << (format.bits() - 1) : 0;
      return sign | format.maxFiniteCode() + 1 | value.significand().longValueExact();
    }
    return format.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
