package macroscope.rtl;

import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.unit.Accumulation;
import macroscope.unit.AntilogarithmTable;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LogarithmicMultiplication;
import macroscope.unit.MacSpec;
import macroscope.unit.Multiplication;
import macroscope.unit.ShiftAddition;
import macroscope.unit.SignSelection;

/**
 * The modules {@code minifloat_mac} with products by addition, {@code lns_linear_mac}, {@code ternary_mac}
 * and {@code shift_add_mac}: units without multipliers whose sums are fixed point or integers.
 */
final class MacTwin {

  /** Passes of a sum in stimuli; registers wrap, so that any number is allowed. */
  private static final int MOST_PASSES = 16;

  private MacTwin() {}

  /** The twin of a unit; empty if none of these modules is it. */
  static Optional<Twin> of(MacSpec spec, DotProductUnit<?> unit) {
    if (spec.multiplication() instanceof LogarithmicMultiplication product
        && product.carry() == LogarithmicMultiplication.Carry.INTO_EXPONENT
        && product.subnormals() == LogarithmicMultiplication.Subnormals.FLUSHED
        && spec.accumulation() instanceof Accumulation.FixedPoint sum
        && sum.output() instanceof FloatFormat output) {
      Design design = logarithmic(spec.length(), product, sum, output);
      TwinFamily family = product.offset().isPresent() ? TwinFamily.L_MUL : TwinFamily.MITCHELL;
      return twin(unit, family, design, product);
    }
    if (spec.multiplication() instanceof AntilogarithmTable product
        && spec.accumulation() instanceof Accumulation.FixedPoint sum
        && sum.output() instanceof FloatFormat output) {
      Parameters parameters = new Parameters();
      KulischTwin.addConversion(parameters, sum.bits(), product.unit(), output);
      Design design = LnsTwin.linear(parameters, product, spec.length(), output.bits());
      return twin(unit, TwinFamily.LNS_LINEAR, design, product);
    }
    if (spec.multiplication() instanceof SignSelection product
        && product.a() instanceof IntegerFormat a
        && product.b() instanceof IntegerFormat b
        && b.bits() == 2
        && spec.accumulation() instanceof Accumulation.IntegerSum sum) {
      Design design = ternary(spec.length(), a, sum);
      return twin(unit, TwinFamily.TERNARY, design, product);
    }
    if (spec.multiplication() instanceof ShiftAddition product
        && spec.accumulation() instanceof Accumulation.IntegerSum sum) {
      Design design = ShiftAddTwin.design(spec.length(), product, sum);
      return twin(unit, TwinFamily.SHIFT_ADD, design, product);
    }
    return Optional.empty();
  }

  private static Optional<Twin> twin(
      DotProductUnit<?> unit, TwinFamily family, Design design, Multiplication product) {
    return Optional.of(new DotTwin(unit, family, design, product.a(), product.b(), MOST_PASSES));
  }

  private static Design logarithmic(
      int length,
      LogarithmicMultiplication product,
      Accumulation.FixedPoint sum,
      FloatFormat output) {
    int m = product.fractionBits();
    int offset = product.offset().isPresent() ? 1 << (m - product.offset().getAsInt()) : 0;
    Parameters parameters =
        new Parameters()
            .operand("A", product.a())
            .operand("B", product.b())
            .put("LOGARITHMIC", true)
            .put("OFFSET", offset)
            .put("PRODUCT_BITS", product.productBits());
    KulischTwin.addConversion(parameters, sum.bits(), product.unit(), output);
    return KulischTwin.design(parameters, length, product.a(), product.b(), output);
  }

  private static Design ternary(int length, IntegerFormat a, Accumulation.IntegerSum sum) {
    return new Design(
        "ternary_mac",
        List.of("ternary_lane", "adder_tree", "adder", "resize", "integer_accumulator"),
        new Parameters()
            .put("A_BITS", a.bits())
            .put("A_SIGNED", a.signed())
            .put("LENGTH", length)
            .put("ACC_BITS", sum.bits())
            .put("SATURATING", sum.saturating())
            .all(),
        List.of(new Port("a", length * a.bits()), new Port("b", length * 2)),
        Optional.of(new Port("addend", sum.bits())),
        new Port("sum", sum.bits()));
  }
}
