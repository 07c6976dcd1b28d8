package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.STORAGE;

import java.util.List;
import macroscope.hardware.Component;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * What binary units are built from: a gate for each bit, a tree that counts ones, an accumulator; for
 * wider operands a shifter by the places of two planes. A conjunction is a multiplier of 1 by 1 bit,
 * an exclusive or a bit of a conditional negation.
 */
public final class BitPlaneHardware {

  private BitPlaneHardware() {}

  /** Bits of a count of 0..length. */
  public static int countBits(int length) {
    return Widths.ceilLog2(length + 1);
  }

  public static Inventory inventory(BinaryMacSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    parts.add(STORAGE, "operand registers", new Register(2), spec.length());
    counters(parts, spec.operation(), spec.length(), 1);
    accumulator(parts, spec.accumulatorBits());
    return parts.build();
  }

  public static Pipeline pipeline(BinaryMacSpec spec) {
    return Pipeline.singleStage(List.of("gate", "count", "accumulate"), 1);
  }

  /**
   * Planes wait in registers; each array takes one pair of them after another, and what it counts is
   * shifted and added.
   */
  public static Inventory inventory(BitPlaneMacSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    int arrays = spec.arrays();
    int bits = spec.a().bits() + spec.b().bits();
    parts.add(STORAGE, "operand registers", new Register(bits), spec.length());
    parts.working(spec.pairs(), arrays);
    counters(parts, spec.operation(), spec.length(), arrays);
    int count = countBits(spec.length());
    if (spec.bipolar()) {
      count++;
      parts.add(ALIGNER_AND_TREE, "products from differences", new Adder(count), arrays);
    } else if (spec.a().signed() || spec.b().signed()) {
      count++;
      parts.add(ALIGNER_AND_TREE, "sign of a plane", new Negator(count), arrays);
    }
    if (bits > 2) {
      Shifter places = new Shifter(count, bits - 2, count + bits - 2);
      parts.add(ALIGNER_AND_TREE, "places of two planes", places, arrays);
    }
    parts.working(interval(spec), 1);
    parts.addTree(ALIGNER_AND_TREE, "sum of arrays", arrays, count + bits - 2, 1, 1);
    accumulator(parts, spec.accumulatorBits());
    if (spec.pairs() > 1) {
      parts.add(CONTROL, "plane counter", new Register(Widths.ceilLog2(spec.pairs()) + 1));
    }
    return parts.build();
  }

  public static Pipeline pipeline(BitPlaneMacSpec spec) {
    return Pipeline.singleStage(List.of("gate", "count", "shift", "accumulate"), interval(spec));
  }

  /** Cycles of a pass: every array takes one pair of planes a cycle. */
  private static int interval(BitPlaneMacSpec spec) {
    return (spec.pairs() + spec.arrays() - 1) / spec.arrays();
  }

  private static void counters(
      InventoryBuilder parts, BinaryMacSpec.Operation operation, int length, int arrays) {
    Component gate =
        operation == BinaryMacSpec.Operation.AND ? new Multiplier(1, 1) : new Negator(1);
    parts.add(MULTIPLIER, "gate", gate, Math.multiplyExact(length, arrays));
    parts.addTree(ALIGNER_AND_TREE, "count of ones", length, 1, 1, arrays);
  }

  private static void accumulator(InventoryBuilder parts, int bits) {
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(bits));
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(CONTROL, "first-pass flag", new Register(1));
  }
}
