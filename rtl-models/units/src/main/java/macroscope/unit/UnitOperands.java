package macroscope.unit;

import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;

/**
 * Formats of the codes that a unit multiplies.
 *
 * @param a of the left operand
 * @param b of the right operand
 */
public record UnitOperands(NumberFormat a, NumberFormat b) {

  /** Those of a unit; empty where operands are no plain codes (tables of real numbers, planes with real factors). */
  public static Optional<UnitOperands> of(UnitSpec spec) {
    if (spec instanceof BitSerialSpec s && !s.factors().real()) {
      return Optional.of(new UnitOperands(s.a(), s.b()));
    }
    if (spec instanceof SramTableSpec s) {
      return Optional.of(new UnitOperands(s.a(), s.b()));
    }
    if (spec instanceof MacSpec s) {
      Multiplication product = s.multiplication();
      return Optional.of(new UnitOperands(product.a(), product.b()));
    }
    if (spec instanceof MixedBlocksSpec s) {
      return Optional.of(new UnitOperands(s.wide(), s.weights()));
    }
    if (spec instanceof PromotedSpec || spec instanceof PipelinedSpec) {
      return spec.base().flatMap(UnitOperands::of);
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return Optional.of(new UnitOperands(s.a(), s.b()));
    }
    return OperandPair.of(spec).map(pair -> new UnitOperands(pair.a(), pair.b()));
  }

  /**
   * What an explanation takes, of a unit of plain codes or of others: real activations and integers of
   * lookup tables, ternary weights in two bits, the entries that indices stand for.
   */
  public static Optional<UnitOperands> explained(UnitSpec spec) {
    if (spec instanceof LookupTableSpec s) {
      NumberFormat real = LookupTableArithmetic.of(s.numberSystem()).format();
      return Optional.of(new UnitOperands(real, LookupExplainer.weightFormat(s)));
    }
    if (spec instanceof TernaryTableSpec s) {
      return Optional.of(new UnitOperands(s.a(), Formats.canonical("int2")));
    }
    if (spec instanceof CodebookSpec s) {
      return Optional.of(new UnitOperands(s.a(), s.stored()));
    }
    return of(spec);
  }
}
