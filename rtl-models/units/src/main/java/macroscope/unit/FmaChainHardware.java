package macroscope.unit;

import java.util.List;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;

/**
 * What a chain of fused multiply-adds is built from: one multiply-adder that the products of a pass go
 * through one after another.
 */
public final class FmaChainHardware {

  private FmaChainHardware() {}

  public static Inventory inventory(FmaChainSpec spec) {
    InventoryBuilder parts = new InventoryBuilder().working(spec.length(), 1);
    int bits = spec.format().bits();
    parts.add(Role.STORAGE, "operand registers", new Register(2 * bits));
    FloatParts.fusedMultiplyAdd(
        parts,
        Role.MULTIPLIER,
        Role.ALIGNER_AND_TREE,
        Role.ACCUMULATOR,
        "multiply-add",
        spec.format(),
        1);
    parts.add(Role.ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(Role.CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /** Independent sums interleave, so a multiply-add starts every cycle. */
  public static Pipeline pipeline(FmaChainSpec spec) {
    return Pipeline.singleStage(List.of("multiply", "add", "normalise", "round"), spec.length());
  }
}
