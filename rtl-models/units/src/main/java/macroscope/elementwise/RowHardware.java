package macroscope.elementwise;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.List;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.ConstantTable;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Memory;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * What units on rows are built from. An element enters each cycle; a row that is read several times waits
 * in a memory of its length. Divisions that come once a row take a cycle for each bit of the quotient on
 * one subtractor; those of every element are as many subtractors behind each other.
 */
final class RowHardware {

  /** Bits of the reciprocals of I-ViT, floor((2^31 - 1) / sum). */
  private static final int RECIPROCAL_BITS = 31;

  private final RowUnit unit;
  private final InventoryBuilder parts = new InventoryBuilder();
  private final int bits;
  private final int length;

  RowHardware(RowUnit unit) {
    this.unit = unit;
    bits = unit.inputBits();
    length = unit.length();
  }

  Pipeline pipeline() {
    RowOperation operation = unit.operation();
    if (operation instanceof Shiftmax) {
      return rows(List.of("largest", "sum", "divide"), 3 * length + RECIPROCAL_BITS);
    }
    if (operation instanceof ShiftGelu) {
      return rows(List.of("largest", "sigmoid", "multiply"), 2 * length + 1);
    }
    if (operation instanceof IntegerLayerNorm norm) {
      int steps = meanSteps() + norm.iterations() * (squareBits() + 1) + RECIPROCAL_BITS;
      return rows(List.of("mean", "squares", "root", "scale"), 3 * length + steps);
    }
    if (operation instanceof PowerSoftmax softmax) {
      List<String> steps =
          softmax.passes() == 2
              ? List.of("largest and sum", "divide")
              : List.of("largest", "sum", "divide");
      return rows(steps, softmax.passes() * length);
    }
    return rows(List.of("multiply", "round", "shift", "clamp"), length);
  }

  private static Pipeline rows(List<String> steps, int cycles) {
    return Pipeline.singleStage(steps, cycles);
  }

  Inventory inventory() {
    RowOperation operation = unit.operation();
    if (operation instanceof Requantizer requantizer) {
      return each(requantizer.inventory());
    }
    if (operation instanceof Shiftmax softmax) {
      shiftmax(softmax);
    } else if (operation instanceof ShiftGelu gelu) {
      shiftGelu(gelu);
    } else if (operation instanceof IntegerLayerNorm norm) {
      layerNorm(norm);
    } else {
      powerSoftmax((PowerSoftmax) operation);
    }
    parts.working(length, 1);
    parts.add(STORAGE, "result register", new Register(operation.resultBits(bits)));
    return parts.build();
  }

  /** An element's parts work for every element of a row. */
  private Inventory each(Inventory element) {
    return new Inventory(
        element.lines().stream()
            .map(
                l ->
                    new Inventory.Line(
                        l.role(), l.name(), l.component(), l.instances(), l.usesPerPass() * length))
            .toList());
  }

  private void rowMemory(int accesses) {
    parts.working((long) accesses * length, 1);
    parts.add(STORAGE, "row memory", new Memory(length, bits));
  }

  /** e^(x - largest), {@code uses} times a row; its bits are those of 1, I0 2^n. */
  private int exponential(ShiftExponential e, int width, long uses) {
    parts.working(uses, 1);
    parts.add(ALIGNER_AND_TREE, "exponent times log2 e", new Adder(width + 1), 2);
    parts.add(ALIGNER_AND_TREE, "least exponent", new Maximum(width + 1));
    int clamped = bitsOf(e.bits() * e.inverseScale());
    if (Long.bitCount(e.inverseScale()) > 1) {
      divider("whole exponent", Widths.ceilLog2(e.bits() + 1), clamped);
    }
    int one = bitsOf(e.inverseScale());
    parts.add(ALIGNER_AND_TREE, "linear power", new Adder(one + 1));
    parts.add(ALIGNER_AND_TREE, "power of two", new Shifter(one + 1, e.bits(), one + e.bits()));
    return one + e.bits();
  }

  /** Subtractors behind each other, one a bit of the quotient. */
  private void divider(String name, int quotientBits, int width) {
    parts.add(QUANTIZER, name + ": subtractors", new Adder(width), quotientBits);
    parts.add(QUANTIZER, name + ": remainders", new Multiplexer(2, width), quotientBits);
  }

  /** One subtractor that is used again for each bit of a quotient. */
  private void serialDivider(String name, int quotients, int width) {
    parts.working(quotients, 1);
    parts.add(QUANTIZER, name + ": subtractor", new Adder(width));
    parts.add(QUANTIZER, name + ": remainder", new Multiplexer(2, width));
    parts.add(QUANTIZER, name + ": remainder and quotient", new Register(2 * width));
  }

  private void largest(int width) {
    parts.working(length, 1);
    parts.add(ALIGNER_AND_TREE, "largest", new Maximum(width));
    parts.add(STORAGE, "largest register", new Register(width));
  }

  private void sum(String name, int width) {
    parts.add(ACCUMULATOR, name + " adder", new Adder(width));
    parts.add(ACCUMULATOR, name + " register", new Register(width));
  }

  private void shiftmax(Shiftmax softmax) {
    rowMemory(3);
    largest(bits);
    parts.working(2L * length, 1);
    parts.add(ALIGNER_AND_TREE, "distance to the largest", new Adder(bits + 1));
    int power = exponential(softmax.exponential(), bits + 1, 2L * length);
    parts.working(length, 1);
    sum("sum of powers", power + Widths.ceilLog2(length));
    serialDivider("reciprocal", RECIPROCAL_BITS, RECIPROCAL_BITS + 1);
    parts.working(length, 1);
    parts.add(MULTIPLIER, "power times reciprocal", new Multiplier(RECIPROCAL_BITS, power));
  }

  private void shiftGelu(ShiftGelu gelu) {
    rowMemory(2);
    int scaled = bits + 1;
    parts.working(2L * length, 1);
    parts.add(ALIGNER_AND_TREE, "1.702 x", new Adder(scaled), 3);
    largest(scaled);
    parts.add(ALIGNER_AND_TREE, "distance to the largest", new Adder(scaled + 1));
    int power = exponential(gelu.exponential(), scaled + 1, length + 1L);
    parts.working(length, 1);
    parts.add(STORAGE, "power of zero", new Register(power));
    parts.add(ALIGNER_AND_TREE, "sum of powers", new Adder(power + 1));
    divider("reciprocal", RECIPROCAL_BITS, RECIPROCAL_BITS + 1);
    parts.add(MULTIPLIER, "power times reciprocal", new Multiplier(RECIPROCAL_BITS, power));
    parts.add(MULTIPLIER, "x times sigmoid", new Multiplier(bits, gelu.outputBits()));
  }

  private int sumBits() {
    return bits + Widths.ceilLog2(length);
  }

  /** Of the sum of squares of deviations, which have a bit more than elements. */
  private int squareBits() {
    return 2 * bits + Widths.ceilLog2(length);
  }

  /** Cycles of the division by the length: none where that is a shift. */
  private int meanSteps() {
    return Integer.bitCount(length) == 1 ? 0 : sumBits();
  }

  private void layerNorm(IntegerLayerNorm norm) {
    rowMemory(3);
    parts.working(length, 1);
    sum("sum", sumBits());
    if (meanSteps() > 0) {
      serialDivider("mean", meanSteps(), sumBits());
    }
    parts.working(1, 1);
    parts.add(QUANTIZER, "rounding of the mean", new Adder(bits));
    parts.working(2L * length, 1);
    parts.add(ALIGNER_AND_TREE, "deviation", new Adder(bits + 1));
    parts.working(length, 1);
    parts.add(MULTIPLIER, "square", new Multiplier(bits, bits));
    sum("sum of squares", squareBits());
    serialDivider("root", norm.iterations() * squareBits(), squareBits());
    parts.working(norm.iterations(), 1);
    parts.add(QUANTIZER, "root: mean of two", new Adder(squareBits()));
    serialDivider("factor", RECIPROCAL_BITS, RECIPROCAL_BITS + 1);
    parts.working(length, 1);
    parts.add(MULTIPLIER, "deviation times factor", new Multiplier(bits + 1, RECIPROCAL_BITS));
  }

  private void powerSoftmax(PowerSoftmax softmax) {
    rowMemory(softmax.passes());
    int whole = Math.max(1, bits - softmax.fractionBits()) + 1;
    parts.working(length, 1);
    parts.add(ALIGNER_AND_TREE, "whole number above", new Adder(whole));
    largest(whole);
    parts.working(2L * length, 1);
    parts.add(ALIGNER_AND_TREE, "distance to the largest", new Adder(bits + 1));
    int power = softmax.tableBits() + 1;
    if (softmax.fractionBits() > 0) {
      ConstantTable powers = ConstantTable.of(softmax.fractionBits(), power, softmax.powers());
      parts.add(TABLE, "powers of two", powers);
    }
    parts.add(ALIGNER_AND_TREE, "power shifter", new Shifter(power, power));
    int sum = power + Widths.ceilLog2(length);
    parts.working(length, 1);
    sum("sum of powers", sum);
    if (softmax.passes() == 2) {
      parts.add(ACCUMULATOR, "sum under the new largest", new Shifter(sum, sum));
    }
    divider("quotient", softmax.outputBits() + 1, sum + 1);
  }

  private static int bitsOf(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }
}
