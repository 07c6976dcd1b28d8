package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.STORAGE;

import java.util.List;
import java.util.Set;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/** What an integer multiply-accumulate unit is built from. */
public final class IntegerMacHardware {

  private IntegerMacHardware() {}

  /** Bits of an exact product: as many as both operands have, whether two's complement or unsigned. */
  public static int productBits(IntegerFormat a, IntegerFormat b) {
    return a.bits() + b.bits();
  }

  /** Bits of an accumulator that never overflows on so many products. */
  public static int exactAccumulatorBits(IntegerFormat a, IntegerFormat b, int terms) {
    return productBits(a, b) + Widths.ceilLog2(terms);
  }

  public static Inventory inventory(IntegerMacSpec spec) {
    return inventory(spec, Set.of());
  }

  /** The unit cut into stages. */
  static Inventory inventory(IntegerMacSpec spec, Set<PipelineRank> ranks) {
    InventoryBuilder parts = new InventoryBuilder();
    int length = spec.length();
    products(parts, spec.a(), spec.b(), length);
    int product = productBits(spec.a(), spec.b());
    if (ranks.contains(PipelineRank.PRODUCT)) {
      parts.add(MULTIPLIER, "rank of products", new Register(product), length);
    }
    parts.addTree(ALIGNER_AND_TREE, "adder tree", length, product, 1, 1);
    if (ranks.contains(PipelineRank.TREE)) {
      int pass = product + Widths.ceilLog2(length);
      parts.add(ALIGNER_AND_TREE, "rank of the pass", new Register(pass));
    }
    int bits = spec.accumulatorBits();
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(bits));
    if (spec.saturating()) {
      parts.add(ACCUMULATOR, "saturation", new Multiplexer(2, bits));
    }
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(CONTROL, "first-pass flag", new Register(1), PipelineRank.flags(ranks));
    return parts.build();
  }

  /** A registered product without an accumulator. */
  public static Inventory productInventory(IntegerFormat a, IntegerFormat b) {
    InventoryBuilder parts = new InventoryBuilder();
    products(parts, a, b, 1);
    parts.add(STORAGE, "product register", new Register(productBits(a, b)));
    return parts.build();
  }

  public static Pipeline pipeline(IntegerMacSpec spec) {
    return pipeline(spec, Set.of());
  }

  /** The unit cut into stages. */
  static Pipeline pipeline(IntegerMacSpec spec, Set<PipelineRank> ranks) {
    return PipelineRank.pipeline(ranks, List.of("multiply"), List.of("accumulate"), List.of(), 1);
  }

  private static void products(
      InventoryBuilder parts, IntegerFormat a, IntegerFormat b, int length) {
    parts.add(STORAGE, "operand registers", new Register(a.bits() + b.bits()), length);
    parts.add(MULTIPLIER, "multiplier", new Multiplier(a.bits(), b.bits()), length);
  }
}
