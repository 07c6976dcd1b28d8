package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * What a dot product would be elsewhere.
 *
 * @param exact without any rounding; NaN or an infinity as in IEEE 754
 * @param binary32 code of the result of one binary32 fused multiply-add after another, k ascending;
 *     empty if an operand or the addend is no binary32 number
 */
public record DotComparison(Value exact, Optional<Long> binary32) {

  /**
   * The comparison for the operands of a unit.
   *
   * @throws IllegalArgumentException if the unit does not multiply plain codes
   */
  public static DotComparison of(UnitSpec spec, Explainer.Operands x) {
    UnitOperands formats =
        UnitOperands.of(spec)
            .orElseThrow(() -> new IllegalArgumentException("no plain codes: " + spec.name()));
    Value addend = Units.create(spec).accumulatorFormat().decode(x.c());
    Value exact = addend;
    int products = x.a().length;
    List<Optional<Long>> left = new ArrayList<>();
    List<Optional<Long>> right = new ArrayList<>();
    for (int k = 0; k < products; k++) {
      Value a = scaled(formats.a().decode(x.a()[k]), spec, x.scalesA(), k);
      Value b = scaled(formats.b().decode(x.b()[k]), spec, x.scalesB(), k);
      exact = ExactValues.sum(exact, ExactValues.product(a, b));
      left.add(binary32(a));
      right.add(binary32(b));
    }
    return new DotComparison(exact, chain(left, right, binary32(addend)));
  }

  private static Optional<Long> chain(
      List<Optional<Long>> a, List<Optional<Long>> b, Optional<Long> c) {
    long[] left = a.stream().flatMap(Optional::stream).mapToLong(code -> code).toArray();
    long[] right = b.stream().flatMap(Optional::stream).mapToLong(code -> code).toArray();
    boolean held = left.length == a.size() && right.length == b.size() && c.isPresent();
    FmaChainSpec chain = new FmaChainSpec("chain", Formats.BINARY32, 1);
    UnitOperands formats = new UnitOperands(Formats.BINARY32, Formats.BINARY32);
    return held
        ? Optional.of(PassExplainer.dot(Units.create(chain), formats, left, right, c.get()))
        : Optional.empty();
  }

  private static Value scaled(Value element, UnitSpec spec, long[] scales, int k) {
    if (spec instanceof BlockScaledDotSpec s) {
      return scaled(element, s.scale(), scales, k / s.blockLength());
    }
    return spec instanceof ScaledGroupDotSpec s
        ? scaled(element, s.scale(), scales, k / s.blockLength())
        : element;
  }

  /** A missing scale is 1. */
  private static Value scaled(Value element, NumberFormat format, long[] scales, int block) {
    return block < scales.length
        ? ExactValues.product(element, format.decode(scales[block]))
        : element;
  }

  private static Optional<Long> binary32(Value value) {
    long code = Formats.BINARY32.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    Value held = Formats.BINARY32.decode(code);
    boolean same = value.isNan() ? held.isNan() : held.equals(value);
    return same ? Optional.of(code) : Optional.empty();
  }
}
