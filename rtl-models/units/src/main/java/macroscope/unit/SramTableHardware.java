package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.List;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Memory;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Sharing;
import macroscope.hardware.Widths;

/**
 * What lookup tables in SRAM arrays are built from, by output. The array, the pattern register and the
 * pattern reuse table serve the outputs whose sums stand in one word. Tables are filled in the order of a
 * Gray code, an addition an entry; a row's sum over the planes of a table doubles from the last plane on,
 * so that it needs no shifter, and joins the accumulator of the row once a table.
 */
public final class SramTableHardware {

  private SramTableHardware() {}

  /** One port: tables are filled, then read; the mean over the counted passes, rounded up. */
  static Pipeline pipeline(SramTableSpec spec, LookupCounts counts) {
    long cycles = counts.cycles(spec.accessCycles());
    int interval = Math.toIntExact((cycles + counts.passes() - 1) / counts.passes());
    return Pipeline.singleStage(
        List.of("fill", "look up", "add", "accumulate"), Math.max(1, interval));
  }

  static Inventory inventory(SramTableSpec spec, LookupCounts counts) {
    InventoryBuilder parts = new InventoryBuilder();
    parts.shared(new Sharing(Sharing.Operand.LEFT, spec.outputs()));
    parts.working(counts.lookups(), counts.passes());
    parts.add(STORAGE, "pattern register", new Register(spec.inputs()));
    parts.working(counts.reads() + counts.writes(), counts.passes());
    SramTableSpec.Array array = spec.array();
    parts.add(TABLE, "table array", new Memory(array.wordLines(), array.bitLines()));
    reuse(parts, spec, counts);
    parts.unshared();
    fill(parts, spec, counts);
    accumulate(parts, spec, counts);
    return parts.build();
  }

  /** Addresses are compared at each lookup; a word is kept where one was read. */
  private static void reuse(InventoryBuilder parts, SramTableSpec spec, LookupCounts counts) {
    if (spec.reuse() == 0) {
      return;
    }
    int word = spec.outputs() * spec.entryBits();
    parts.working(counts.lookups(), counts.passes());
    parts.add(CONTROL, "pattern comparators", new Adder(spec.inputs()), spec.reuse());
    parts.add(TABLE, "reused word selector", new Multiplexer(spec.reuse() + 1, word));
    parts.working(counts.reads(), Math.multiplyExact(counts.passes(), spec.reuse()));
    parts.add(CONTROL, "reused patterns", new Register(spec.inputs()), spec.reuse());
    parts.add(TABLE, "reused words", new Register(word), spec.reuse());
  }

  private static void fill(InventoryBuilder parts, SramTableSpec spec, LookupCounts counts) {
    int bits = spec.entryBits();
    parts.working(counts.writes(), counts.passes() * spec.storedWords());
    parts.add(STORAGE, "weights of a table", new Register(spec.b().bits()), spec.inputs());
    parts.working(counts.writes(), counts.passes());
    parts.add(TABLE, "weight selector", new Multiplexer(spec.inputs(), spec.b().bits()));
    parts.add(TABLE, "weight sign", new Negator(spec.b().bits() + 1));
    parts.add(TABLE, "next sum", new Adder(bits));
    parts.add(TABLE, "sum register", new Register(bits));
  }

  private static void accumulate(InventoryBuilder parts, SramTableSpec spec, LookupCounts counts) {
    int bits = spec.entryBits() + spec.planes();
    parts.working(counts.lookups(), counts.passes());
    parts.add(ACCUMULATOR, "looked-up sum", new Register(spec.entryBits()));
    parts.add(ACCUMULATOR, "plane sign", new Negator(spec.entryBits()));
    parts.add(ACCUMULATOR, "plane adder", new Adder(bits));
    parts.add(ACCUMULATOR, "plane register", new Register(bits));
    parts.working(spec.tables(), 1);
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(spec.accumulatorBits()));
    parts.working(spec.tables(), spec.batch());
    parts.add(
        ACCUMULATOR,
        "accumulators of the batch",
        new Register(spec.accumulatorBits()),
        spec.batch());
    if (spec.batch() > 1) {
      parts.working(spec.tables(), 1);
      parts.add(
          ACCUMULATOR,
          "accumulator selector",
          new Multiplexer(spec.batch(), spec.accumulatorBits()));
    }
    parts.working(counts.lookups(), counts.passes());
    int steps = spec.batch() * spec.planes();
    parts.add(CONTROL, "plane and row counter", new Register(Widths.ceilLog2(steps) + 1));
  }
}
