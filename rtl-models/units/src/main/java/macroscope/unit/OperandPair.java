package macroscope.unit;

import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;

/**
 * Formats of the two operands of a unit.
 *
 * @param a left
 * @param b right
 */
record OperandPair(NumberFormat a, NumberFormat b) {

  /** Those of a unit, if codes of two formats are all that it takes. */
  static Optional<OperandPair> of(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return of(s.dot());
    }
    if (spec instanceof InterleavedDotSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof PairwiseDotSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof VectorFmaSpec s) {
      return both(s.operand(), s.operand());
    }
    if (spec instanceof KulischSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof FmaChainSpec s) {
      return both(s.format(), s.format());
    }
    return ofIntegers(spec).or(() -> ofOptions(spec));
  }

  private static Optional<OperandPair> ofIntegers(UnitSpec spec) {
    if (spec instanceof IntegerMacSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof PackedMacSpec s) {
      return both(s.a(), s.b());
    }
    if (spec instanceof BitPlaneMacSpec s) {
      return both(s.a(), s.b());
    }
    NumberFormat bit = Formats.canonical("uint1");
    return spec instanceof BinaryMacSpec ? both(bit, bit) : Optional.empty();
  }

  private static Optional<OperandPair> ofOptions(UnitSpec spec) {
    if (spec instanceof MixedBlocksSpec) {
      return Optional.empty();
    }
    Optional<OperandPair> base = spec.base().flatMap(OperandPair::of);
    return spec instanceof DequantizedSpec s
        ? base.map(f -> new OperandPair(f.a(), s.weights()))
        : base;
  }

  private static Optional<OperandPair> both(NumberFormat a, NumberFormat b) {
    return Optional.of(new OperandPair(a, b));
  }
}
