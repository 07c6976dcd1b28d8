package macroscope.cli;

import java.util.List;
import java.util.Locale;
import macroscope.unit.BinaryMacSpec;
import macroscope.unit.BitPlaneMacSpec;
import macroscope.unit.UnitSpec;

/** What {@code units} says of units that count bits. */
final class BitUnits {

  private BitUnits() {}

  static boolean are(UnitSpec spec) {
    return spec instanceof BinaryMacSpec || spec instanceof BitPlaneMacSpec;
  }

  /** The columns from the family to the length, and empty ones up to the scale. */
  static List<Object> parameters(UnitSpec spec) {
    if (spec instanceof BinaryMacSpec s) {
      String family = "binary_mac, " + s.operation().name().toLowerCase(Locale.ROOT);
      return row(family, "uint1", "uint1", s.accumulatorBits(), s.length());
    }
    BitPlaneMacSpec s = (BitPlaneMacSpec) spec;
    return row("bit_planes", s.a().name(), s.b().name(), s.accumulatorBits(), s.length());
  }

  private static List<Object> row(String family, String a, String b, int bits, int length) {
    return List.of(family, a, b, bits + " wrapping", length, "", "", "", "");
  }

  /** What the unit computes. */
  static String arithmetic(UnitSpec spec) {
    if (spec instanceof BinaryMacSpec s) {
      boolean and = s.operation() == BinaryMacSpec.Operation.AND;
      return "Bits of both operands meet in "
          + (and ? "a conjunction" : "an exclusive or")
          + ", and ones are counted into an accumulator of "
          + s.accumulatorBits()
          + " bits, which wraps.\n";
    }
    BitPlaneMacSpec s = (BitPlaneMacSpec) spec;
    return "Each of "
        + s.pairs()
        + " pairs of bit planes meets in "
        + (s.bipolar() ? "an exclusive or" : "a conjunction")
        + "; counts are shifted by the places of both planes and added\nto an accumulator of "
        + s.accumulatorBits()
        + " bits, which wraps.\n";
  }
}
