package macroscope.rtl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.IntegerMacSpec;

/** The module {@code integer_mac} for a specification. */
final class IntegerMacTwin {

  /** Passes of a sum in stimuli; any number is allowed. */
  private static final int MOST_PASSES = 64;

  private IntegerMacTwin() {}

  static Twin of(IntegerMacSpec spec, DotProductUnit<?> unit) {
    return new DotTwin(unit, design(spec), spec.a(), spec.b(), MOST_PASSES);
  }

  private static Design design(IntegerMacSpec spec) {
    return new Design(
        "integer_mac",
        List.of("integer_multiplier", "adder_tree", "adder", "resize", "integer_accumulator"),
        Map.of(
            "A_BITS", spec.a().bits(),
            "A_SIGNED", flag(spec.a()),
            "B_BITS", spec.b().bits(),
            "B_SIGNED", flag(spec.b()),
            "LENGTH", spec.length(),
            "ACC_BITS", spec.accumulatorBits(),
            "SATURATING", spec.saturating() ? 1 : 0),
        List.of(
            new Port("a", spec.length() * spec.a().bits()),
            new Port("b", spec.length() * spec.b().bits())),
        Optional.of(new Port("addend", spec.accumulatorBits())),
        new Port("sum", spec.accumulatorBits()));
  }

  private static int flag(IntegerFormat format) {
    return format.signed() ? 1 : 0;
  }
}
