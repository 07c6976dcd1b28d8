package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.Formats;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * What a tree of binary32 additions is built from: multipliers of significands whose products are
 * normalised and rounded to binary32, one correctly rounded adder for each node of the tree, and one
 * for the accumulator. Flushing takes a few gates and is not counted.
 */
public final class PairwiseHardware {

  private PairwiseHardware() {}

  public static Inventory inventory(PairwiseDotSpec spec) {
    int n = spec.groupLength();
    InventoryBuilder parts = new InventoryBuilder().working(spec.length() / n, 1);
    Register operands = new Register(spec.a().bits() + spec.b().bits());
    parts.add(Role.STORAGE, "operand registers", operands, n);
    int p = FloatWidths.significand(spec.a());
    int q = FloatWidths.significand(spec.b());
    parts.add(Role.MULTIPLIER, "significand multiplier", new Multiplier(p, q), n);
    Adder exponents = new Adder(FloatWidths.exponentSum(spec.a(), spec.b()));
    parts.add(Role.MULTIPLIER, "exponent adder", exponents, n);
    int product = Math.min(p + q, FloatWidths.significand(Formats.BINARY32) + 1);
    parts.add(Role.MULTIPLIER, "product normalisation", new Shifter(product, 1), n);
    if (p + q > FloatWidths.significand(Formats.BINARY32)) {
      Adder rounding = new Adder(FloatWidths.significand(Formats.BINARY32));
      parts.add(Role.MULTIPLIER, "product rounding", rounding, n);
    }
    FloatParts.adder(parts, Role.ALIGNER_AND_TREE, "tree adder", Formats.BINARY32, n - 1);
    FloatParts.adder(parts, Role.ACCUMULATOR, "accumulation", Formats.BINARY32, 1);
    parts.add(Role.ACCUMULATOR, "accumulator register", new Register(Formats.BINARY32.bits()));
    parts.add(Role.CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /** A stage for each level of the tree; a group enters each cycle. */
  public static Pipeline pipeline(PairwiseDotSpec spec) {
    List<String> stages = new ArrayList<>(List.of("multiply"));
    for (int level = 1; level <= Widths.ceilLog2(spec.groupLength()); level++) {
      stages.add("add level " + level);
    }
    stages.add("accumulate");
    return new Pipeline(stages, spec.length() / spec.groupLength());
  }
}
