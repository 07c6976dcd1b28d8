package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.List;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.SumAndDifference;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Sharing;

/** What a lookup-table unit for ternary weights is built from. */
public final class TernaryTableHardware {

  private TernaryTableHardware() {}

  /** One lookup an index: no planes, so that a pass starts each cycle. */
  public static Pipeline pipeline() {
    return Pipeline.singleStage(List.of("look up", "add", "accumulate"), 1);
  }

  public static Inventory inventory(TernaryTableSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    int lookups = spec.lookups();
    int bits = spec.entryBits();
    parts.shared(new Sharing(Sharing.Operand.LEFT, spec.unitsPerTable()));
    SumAndDifference pair = new SumAndDifference(bits);
    parts.add(TABLE, "table sums", pair, additions(spec.packing()) / 2 * lookups);
    if (!spec.packing().half()) {
      parts.add(
          TABLE, "negated sums", new Negator(bits, false), negations(spec.packing()) * lookups);
    }
    parts.add(TABLE, "table storage", new Register(stored(spec.packing()) * bits), lookups);
    parts.unshared();
    parts.add(STORAGE, "weight codes", new Register(spec.packing().codeBits()), lookups);
    Multiplexer selector = new Multiplexer(spec.packing().entries(), bits);
    parts.add(TABLE, "entry selector", selector, lookups);
    if (spec.packing().half()) {
      parts.add(TABLE, "entry sign", new Negator(bits), lookups);
    }
    parts.addTree(ALIGNER_AND_TREE, "adder tree", lookups, bits, 1, 1);
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(spec.accumulatorBits()));
    parts.add(ACCUMULATOR, "accumulator register", new Register(spec.accumulatorBits()));
    parts.add(CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /**
   * Adders of a table, one a sum that is neither 0, an activation, nor minus another sum: TL1 b0 + b1, b0 -
   * b1; TL2 three pairs with two signs and four triples on them; Sherry four triples for each place of the
   * zero, on two pairs with two signs. They come in pairs of both signs.
   */
  private static int additions(TernaryPacking packing) {
    return switch (packing) {
      case TL1 -> 2;
      case TL2 -> 6 + 4;
      case SHERRY -> 2 * 2 + 16;
    };
  }

  /** Of TL1: -b0, -b1 and the negatives of both sums. */
  private static int negations(TernaryPacking packing) {
    return packing == TernaryPacking.TL1 ? 4 : 0;
  }

  /** The sum of nothing is not stored. */
  private static int stored(TernaryPacking packing) {
    return packing == TernaryPacking.SHERRY ? packing.entries() : packing.entries() - 1;
  }
}
