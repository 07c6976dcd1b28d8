package macroscope.rtl;

import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.KulischHardware;
import macroscope.unit.KulischSpec;

/** The module {@code minifloat_mac} for a specification. Sums start from zero. */
final class KulischTwin {

  private static final List<String> MODULES =
      List.of(
          "minifloat_product",
          "log_product",
          "multiplier",
          "fixed_point_accumulator",
          "float_unpack",
          "product_specials",
          "conditional_negate",
          "adder_tree",
          "adder",
          "resize",
          "integer_accumulator",
          "normalise_round",
          "absolute",
          "leading_zeros",
          "shift_right",
          "delay");

  private KulischTwin() {}

  static Twin of(KulischSpec spec, DotProductUnit<?> unit) {
    int passes = spec.terms() / spec.length();
    return new DotTwin(unit, TwinFamily.KULISCH, design(spec), spec.a(), spec.b(), passes);
  }

  private static Design design(KulischSpec spec) {
    int bits = spec.accumulatorBits();
    int signs = spec.a().signed() || spec.b().signed() ? 1 : 0;
    Parameters parameters =
        new Parameters()
            .operand("A", spec.a())
            .operand("B", spec.b())
            .put("PRODUCT_BITS", KulischHardware.productBits(spec.a(), spec.b()) - signs);
    addConversion(parameters, bits, unit(spec.a()) + unit(spec.b()), spec.output());
    return design(parameters, spec.length(), spec.a(), spec.b(), spec.output());
  }

  /** The module with all its parameters but for the number of products. */
  static Design design(
      Parameters parameters, int length, FloatFormat a, FloatFormat b, FloatFormat output) {
    return new Design(
        "minifloat_mac",
        MODULES,
        parameters.put("LENGTH", length).all(),
        List.of(new Port("a", length * a.bits()), new Port("b", length * b.bits())),
        Optional.empty(),
        new Port("result", output.bits()));
  }

  /**
   * The parameters of the module {@code fixed_point_accumulator}.
   *
   * @param unit exponent of the lowest bit
   */
  static void addConversion(Parameters parameters, int bits, int unit, FloatFormat output) {
    int lowest = unit + output.bias();
    parameters
        .put("ACC_BITS", bits)
        .put("C_FIELD_BITS", SignedWidth.of(lowest - 2, lowest + bits))
        .put("C_LOWEST_FIELD", lowest)
        .put("C_UNDERFLOWS", lowest + bits - 1 < 1);
    ResultCodes.of(output, output.fractionBits()).addTo(parameters, output);
  }

  /** Exponent of the lowest bit of a format's numbers in fixed point. */
  private static int unit(FloatFormat format) {
    return format.minExponent() - format.fractionBits();
  }
}
