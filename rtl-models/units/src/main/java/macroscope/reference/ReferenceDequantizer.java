package macroscope.reference;

import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;
import macroscope.unit.DequantizedSpec;

/** One weight brought to the operand format, in exact values with every rounding a call. */
public final class ReferenceDequantizer {

  private final DequantizedSpec spec;

  public ReferenceDequantizer(DequantizedSpec spec) {
    this.spec = spec;
  }

  /**
   * The code of the operand that a weight becomes.
   *
   * @param code of the weight
   * @param zero its zero point
   * @param scale the product of those scales that are applied before the multiplication
   */
  public long operand(long code, long zero, double scale) {
    Value q = spec.weights().decode(code);
    Value z = Value.of(zero, 0);
    Value difference = zero == 0 ? q : ExactArithmetic.sum(q, z.negate());
    if (spec.scale() == DequantizedSpec.Scale.AFTER) {
      return code(difference);
    }
    Value factor = rounded(Value.of(scale));
    if (spec.zero() == DequantizedSpec.Zero.SUBTRACTED) {
      return code(product(rounded(difference), factor));
    }
    Value offset = rounded(product(rounded(Value.of(-zero, 0)), factor));
    return code(sum(product(rounded(q), factor), offset));
  }

  private static Value product(Value x, Value y) {
    if (x.isFinite() && y.isFinite()) {
      return ExactArithmetic.product(x, y);
    }
    boolean nan = x.isNan() || y.isNan() || x.isZero() || y.isZero();
    boolean negative = x.negative() != y.negative();
    Value infinity = negative ? Value.NEGATIVE_INFINITY : Value.POSITIVE_INFINITY;
    return nan ? Value.NAN : infinity;
  }

  private static Value sum(Value x, Value y) {
    boolean opposite = !x.isFinite() && !y.isFinite() && x.negative() != y.negative();
    return x.isNan() || y.isNan() || opposite ? Value.NAN : ExactArithmetic.signedSum(x, y);
  }

  private Value rounded(Value x) {
    return spec.operand().decode(code(x));
  }

  private long code(Value x) {
    NumberFormat operand = spec.operand();
    return operand.encode(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }
}
