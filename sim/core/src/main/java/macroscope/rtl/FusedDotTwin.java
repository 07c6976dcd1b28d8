package macroscope.rtl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.unit.DotProductUnit;
import macroscope.unit.FusedDotSpec;

/** The module {@code fused_dot} for a specification. Groups of a pass enter one after the other. */
final class FusedDotTwin {

  static final List<String> MODULES =
      List.of(
          "float_product",
          "float_unpack",
          "product_specials",
          "multiplier",
          "fused_accumulator",
          "maximum_tree",
          "align",
          "conditional_negate",
          "shift_right",
          "adder_tree",
          "adder",
          "resize",
          "normalise_round",
          "absolute",
          "leading_zeros",
          "delay");

  /** Passes of a sum in stimuli; any number is allowed. */
  static final int MOST_PASSES = 8;

  private FusedDotTwin() {}

  static Twin of(FusedDotSpec spec, DotProductUnit<?> unit) {
    return new DotTwin(unit, TwinFamily.FUSED, design(spec), spec.a(), spec.b(), MOST_PASSES);
  }

  private static Design design(FusedDotSpec spec) {
    Parameters parameters = operands(spec);
    new FusedExponents(spec, List.of()).addTo(parameters);
    return new Design(
            "fused_dot",
            MODULES,
            parameters.all(),
            ports(spec),
            Optional.of(new Port("addend", spec.accumulator().bits())),
            new Port("sum", spec.accumulator().bits()))
        .withIdle(List.of(new Port("offset", offsetBits(parameters)), new Port("scale_nan", 1)));
  }

  private static int offsetBits(Parameters parameters) {
    return parameters.number("LENGTH") * parameters.number("X_BITS");
  }

  static Parameters operands(FusedDotSpec spec) {
    return new Parameters()
        .operand("A", spec.a())
        .operand("B", spec.b())
        .put("A_ZERO_FIELD", FusedExponents.zeroField(spec.a()))
        .put("B_ZERO_FIELD", FusedExponents.zeroField(spec.b()));
  }

  static List<Port> ports(FusedDotSpec spec) {
    return Stream.of(
            new Port("a", spec.groupLength() * spec.a().bits()),
            new Port("b", spec.groupLength() * spec.b().bits()))
        .toList();
  }
}
