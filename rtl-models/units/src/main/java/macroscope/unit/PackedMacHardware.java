package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;

import java.util.List;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.DspSlice;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;

/**
 * What an integer multiply-accumulate array on shared DSP slices is built from, charged to one dot
 * product. Slices are shared by all that they work for and have the registers of operands; their
 * pre-adder packs one operand, an adder takes the signs of the other. Lanes are read, added and
 * accumulated in logic for each dot product.
 */
final class PackedMacHardware {

  private PackedMacHardware() {}

  static Inventory inventory(PackedMacSpec spec) {
    DspPacking packing = spec.packing();
    int slices = ceilDivide(spec.length(), packing.elements());
    int cascades = ceilDivide(spec.length(), spec.cascade());
    int bits = spec.accumulatorBits();
    InventoryBuilder parts = new InventoryBuilder();
    InventoryBuilder shared = new InventoryBuilder();
    if (packing.rows() > 1 && spec.a().signed()) {
      shared.add(ALIGNER_AND_TREE, "packing of a", new Adder(spec.a().bits()), slices);
    }
    shared.add(MULTIPLIER, "DSP slices", new DspSlice(), slices);
    if (packing.outputs() > 1) {
      Adder borrow = new Adder(packing.laneBits());
      shared.add(ALIGNER_AND_TREE, "borrow given back", borrow, cascades * (packing.outputs() - 1));
    }
    parts.addTree(ALIGNER_AND_TREE, "adder tree", cascades, spec.laneBits(), 1, 1);
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(bits));
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(CONTROL, "first-pass flag", new Register(1));
    List<Inventory.Line> divided =
        shared.build().lines().stream().map(line -> divided(line, packing.outputs())).toList();
    return new Inventory(divided).plus(parts.build());
  }

  private static Inventory.Line divided(Inventory.Line line, int outputs) {
    return new Inventory.Line(
        line.role(), line.name(), line.component(), line.instances(), line.usesPerPass(), outputs);
  }

  static Pipeline pipeline() {
    return Pipeline.singleStage(List.of("pack", "multiply", "read lanes", "accumulate"), 1);
  }

  private static int ceilDivide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
