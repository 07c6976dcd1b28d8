package macroscope.unit;

import java.util.Optional;
import macroscope.format.NumberFormat;

/**
 * Formats of the codes that a unit multiplies.
 *
 * @param a of the left operand
 * @param b of the right operand
 */
public record UnitOperands(NumberFormat a, NumberFormat b) {

  /** Those of a unit; empty where operands are no plain codes (tables of real numbers, binary-coded, sparse and dequantized operands, single bits). */
  public static Optional<UnitOperands> of(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return of(s.dot());
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof InterleavedDotSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof PairwiseDotSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof VectorFmaSpec s) {
      return of(s.operand(), s.operand());
    }
    if (spec instanceof FmaChainSpec s) {
      return of(s.format(), s.format());
    }
    if (spec instanceof KulischSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof BitSerialSpec s && !s.factors().real()) {
      return of(s.a(), s.b());
    }
    if (spec instanceof SramTableSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof MacSpec s) {
      return of(s.multiplication().a(), s.multiplication().b());
    }
    if (spec instanceof BitPlaneMacSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof PackedMacSpec s) {
      return of(s.a(), s.b());
    }
    if (spec instanceof PromotedSpec s) {
      return of(s.unit());
    }
    return spec instanceof IntegerMacSpec s ? of(s.a(), s.b()) : Optional.empty();
  }

  private static Optional<UnitOperands> of(NumberFormat a, NumberFormat b) {
    return Optional.of(new UnitOperands(a, b));
  }
}
