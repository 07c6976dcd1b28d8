package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;

/**
 * What a dot product of x86 instructions is built from: one fused multiply-adder in the accumulator
 * format for each sum that goes on at once (two of TDPBF16PS), through which products go one after
 * another, and for two sums an adder that joins them and the addend.
 */
public final class VectorFmaHardware {

  private VectorFmaHardware() {}

  private static int sums(VectorFmaSpec spec) {
    return spec.order() == VectorFmaSpec.Order.TWO_SUMS ? 2 : 1;
  }

  public static Inventory inventory(VectorFmaSpec spec) {
    int sums = sums(spec);
    InventoryBuilder parts = new InventoryBuilder().working(spec.length() / sums, 1);
    int bits = spec.accumulator().bits();
    Register operands = new Register(2 * spec.operand().bits());
    parts.add(Role.STORAGE, "operand registers", operands, sums);
    FloatParts.fusedMultiplyAdd(
        parts,
        Role.MULTIPLIER,
        Role.ALIGNER_AND_TREE,
        Role.ACCUMULATOR,
        "multiply-add",
        spec.accumulator(),
        sums);
    parts.add(Role.ACCUMULATOR, "accumulator register", new Register(bits), sums);
    if (sums == 2) {
      parts.working(2, 1);
      FloatParts.adder(parts, Role.ACCUMULATOR, "joining sums", spec.accumulator(), 1);
      parts.add(Role.ACCUMULATOR, "addend register", new Register(bits));
    }
    parts.add(Role.CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /** Independent elements interleave, so a multiply-add starts every cycle. */
  public static Pipeline pipeline(VectorFmaSpec spec) {
    List<String> stages = new ArrayList<>(List.of("multiply", "add", "normalise", "round"));
    if (sums(spec) == 2) {
      stages.addAll(List.of("join sums", "add addend"));
    }
    return new Pipeline(stages, spec.length() / sums(spec));
  }
}
