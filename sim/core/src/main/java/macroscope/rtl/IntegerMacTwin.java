package macroscope.rtl;

import java.util.List;
import java.util.Optional;
import macroscope.unit.DotProductUnit;
import macroscope.unit.IntegerMacSpec;

/** The module {@code integer_mac} for a specification. */
final class IntegerMacTwin {

  /** Passes of a sum in stimuli; any number is allowed. */
  private static final int MOST_PASSES = 64;

  private IntegerMacTwin() {}

  static Twin of(IntegerMacSpec spec, DotProductUnit<?> unit) {
    return new DotTwin(unit, TwinFamily.INTEGER_MAC, design(spec), spec.a(), spec.b(), MOST_PASSES);
  }

  static Design design(IntegerMacSpec spec) {
    return new Design(
        "integer_mac",
        List.of(
            "integer_multiplier", "adder_tree", "adder", "resize", "integer_accumulator", "delay"),
        new Parameters()
            .put("A_BITS", spec.a().bits())
            .put("A_SIGNED", spec.a().signed())
            .put("B_BITS", spec.b().bits())
            .put("B_SIGNED", spec.b().signed())
            .put("LENGTH", spec.length())
            .put("ACC_BITS", spec.accumulatorBits())
            .put("SATURATING", spec.saturating())
            .all(),
        List.of(
            new Port("a", spec.length() * spec.a().bits()),
            new Port("b", spec.length() * spec.b().bits())),
        Optional.of(new Port("addend", spec.accumulatorBits())),
        new Port("sum", spec.accumulatorBits()));
  }
}
