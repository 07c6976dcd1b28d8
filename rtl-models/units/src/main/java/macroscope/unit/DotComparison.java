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

  /** The comparison for the operands of a unit; empty if it multiplies no numbers. */
  public static Optional<DotComparison> of(UnitSpec spec, Explainer.Operands x) {
    boolean numbers = !(spec instanceof BinaryMacSpec || spec instanceof LogarithmicSumSpec);
    return UnitOperands.explained(spec).filter(any -> numbers).map(f -> of(spec, f, x));
  }

  private static DotComparison of(UnitSpec spec, UnitOperands formats, Explainer.Operands x) {
    Value addend = Units.create(spec).accumulatorFormat().decode(x.c());
    Value exact = addend;
    int products = x.a().length;
    List<Optional<Long>> left = new ArrayList<>();
    List<Optional<Long>> right = new ArrayList<>();
    for (int k = 0; k < products; k++) {
      Value a =
          ExactValues.product(formats.a().decode(x.a()[k]), scale(spec, x.scalesA(), k, products));
      Value b =
          ExactValues.product(formats.b().decode(x.b()[k]), scale(spec, x.scalesB(), k, products));
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

  /** The scale of element k; 1 where none is given. */
  private static Value scale(UnitSpec spec, long[] scales, int k, int products) {
    if (spec instanceof BlockScaledDotSpec s) {
      return scale(s.scale(), scales, k / s.blockLength());
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return scale(s.scale(), scales, k / s.blockLength());
    }
    if (spec instanceof PromotedSpec s) {
      return scale(s.unit(), scales, k, products);
    }
    if (spec instanceof SparseDotSpec s) {
      int kept = k / s.sparsity().group() * s.sparsity().kept();
      return scale(s.dense(), scales, kept, products);
    }
    if (spec instanceof LookupTableSpec s) {
      int block = s.weightGroup() == 0 ? 0 : k / s.weightGroup();
      return scale(Formats.BINARY32, scales, block);
    }
    int each = Math.max(1, products / Math.max(1, scales.length));
    return scale(Formats.BINARY32, scales, k / each);
  }

  private static Value scale(NumberFormat format, long[] scales, int block) {
    return block < scales.length ? format.decode(scales[block]) : Value.of(1, 0);
  }

  private static Optional<Long> binary32(Value value) {
    long code = Formats.BINARY32.encode(value, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    Value held = Formats.BINARY32.decode(code);
    boolean same = value.isNan() ? held.isNan() : held.equals(value);
    return same ? Optional.of(code) : Optional.empty();
  }
}
