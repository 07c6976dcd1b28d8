package macroscope.cli;

import macroscope.format.IntegerFormat;
import macroscope.hardware.Sharing;
import macroscope.unit.BitSerialSpec;

/** What a bit-serial dot product computes, in a few sentences. */
final class BitSerialText {

  private BitSerialText() {}

  static String of(BitSerialSpec spec) {
    return planes(spec) + tables(spec) + sums(spec);
  }

  private static String planes(BitSerialSpec spec) {
    boolean signed = spec.table().digits() == BitSerialSpec.Digits.SIGNED;
    return (spec.tabled() == Sharing.Operand.LEFT ? "Weights" : "Activations")
        + " enter in "
        + spec.planes()
        + " bit planes, digits "
        + (signed ? "-1 and 1" : "0 and 1, the last plane negative")
        + ", one a cycle.\n";
  }

  private static String tables(BitSerialSpec spec) {
    String operand = spec.tabled() == Sharing.Operand.LEFT ? "activations" : "weights";
    int inputs = spec.table().inputs();
    if (inputs == 1) {
      return "They decide the sign of " + operand + "; there are no tables.\n";
    }
    return "They look the sums of "
        + inputs
        + " "
        + operand
        + " up, of which a table stores "
        + spec.table().storedEntries()
        + ".\n";
  }

  private static String sums(BitSerialSpec spec) {
    String factors = spec.factors().real() ? factors(spec) : "";
    if (spec.entries() instanceof BitSerialSpec.Rounded rounded) {
      return "Sums in tables are rounded to "
          + rounded.format().name()
          + ", sums of them to "
          + spec.accumulator().name()
          + ", all to nearest even.\n"
          + factors;
    }
    if (spec.entries() instanceof BitSerialSpec.Quantized quantized) {
      return "Sums in tables become integers of "
          + quantized.bits()
          + " bits with a binary32 scale for "
          + quantized.tablesPerScale()
          + " tables;\nwhat a pass looks up is added as integers, times the scale by a fused"
          + " multiply-add in binary32.\n";
    }
    if (spec.integers()) {
      return "Sums are exact and wrap in an accumulator of "
          + spec.accumulator().bits()
          + " bits.\n";
    }
    if (spec.a() instanceof IntegerFormat) {
      return "Sums are exact.\n" + factors;
    }
    int inputs = spec.alignment().inputs();
    return "Floats are cut toward zero "
        + spec.alignment().keptFractionBits().orElseThrow()
        + " fraction bits below the largest exponent of "
        + (inputs == 0 ? "their row" : inputs + " inputs")
        + ";\ntheir exact sum is rounded to "
        + spec.accumulator().name()
        + " and added there.\n"
        + factors;
  }

  private static String factors(BitSerialSpec spec) {
    int inputs = spec.factors().inputs();
    return "The sum of each plane over "
        + (inputs == 0 ? "a row" : inputs + " inputs")
        + " joins the result by a multiply-add with its factor in "
        + spec.factors().format().orElseThrow().name()
        + (spec.factors().offset() ? ", after the offset times the sum of inputs.\n" : ".\n");
  }
}
