package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Component.SumAndDifference;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Sharing;
import macroscope.hardware.Widths;
import macroscope.unit.BitSerialSpec.Digits;
import macroscope.unit.BitSerialSpec.Quantized;
import macroscope.unit.BitSerialSpec.Rounded;

/**
 * What a bit-serial dot product is built from: tables and what fills them, which all units share that get
 * the same operand; selectors, an adder tree and a shift-accumulator, which each unit has. A pass takes
 * a cycle for each bit plane.
 */
public final class BitSerialHardware {

  /** Products over which steps done once an output are spread: K of a 4096-wide layer. */
  private static final int PRODUCTS_PER_OUTPUT = 4096;

  private final BitSerialSpec spec;
  private final InventoryBuilder parts = new InventoryBuilder();
  private final int inputs;
  private final int tables;
  private final int planes;

  private BitSerialHardware(BitSerialSpec spec) {
    this.spec = spec;
    inputs = spec.table().inputs();
    tables = spec.tables();
    planes = spec.planes();
  }

  /** A plane enters each cycle; tables are filled while the pass before runs. */
  public static Pipeline pipeline(BitSerialSpec spec) {
    String first = spec.table().inputs() == 1 ? "sign" : "look up";
    return Pipeline.singleStage(List.of(first, "add", "shift", "accumulate"), spec.planes());
  }

  public static Inventory inventory(BitSerialSpec spec) {
    return new BitSerialHardware(spec).inventory();
  }

  /** Bits of an integer operand whose sums are tabled, or of an aligned float: sign, 1, F. */
  static int operandBits(BitSerialSpec spec) {
    return spec.alignment().keptFractionBits().isPresent()
        ? spec.alignment().keptFractionBits().getAsInt() + 2
        : spec.tabledFormat().bits();
  }

  /** Bits of an entry. */
  public static int entryBits(BitSerialSpec spec) {
    if (spec.entries() instanceof Quantized quantized) {
      return quantized.bits();
    }
    if (spec.entries() instanceof Rounded rounded) {
      return rounded.format().bits();
    }
    return operandBits(spec) + Widths.ceilLog2(spec.table().inputs());
  }

  /** Bits of the integer sum of one plane of a pass. */
  static int planeSumBits(BitSerialSpec spec) {
    return entryBits(spec) + Widths.ceilLog2(spec.tables());
  }

  /** Format of sums that are no integers. */
  private FloatFormat sums() {
    return (FloatFormat) spec.accumulator();
  }

  private boolean rounded() {
    return spec.entries() instanceof Rounded;
  }

  private Inventory inventory() {
    fillTables();
    lookUp();
    if (spec.factors().real()) {
      accumulateFactored();
    } else if (rounded()) {
      accumulateReals();
    } else if (spec.entries() instanceof Quantized quantized) {
      accumulateQuantized(quantized);
    } else if (spec.integers()) {
      accumulateIntegers();
    } else {
      accumulateAligned();
    }
    parts.working(planes, 1);
    parts.add(CONTROL, "bit plane counter", new Register(Widths.ceilLog2(planes) + 1));
    return parts.build();
  }

  /** Parts that work {@code count} times a pass, as few as finish in its cycles. */
  private int serving(int count) {
    int instances = (count + planes - 1) / planes;
    parts.working(count, instances);
    return instances;
  }

  private void fillTables() {
    parts.shared(new Sharing(spec.tabled(), spec.table().units()));
    if (spec.alignment().keptFractionBits().isPresent()) {
      alignOperands();
    }
    if (inputs > 1) {
      if (spec.entries() instanceof Quantized || rounded()) {
        addReals();
      } else {
        addIntegers();
      }
    }
    if (spec.entries() instanceof Quantized quantized) {
      quantize(quantized);
    }
    parts.working(1, 1);
    if (inputs > 1) {
      Register entries = new Register(spec.table().storedEntries() * entryBits(spec));
      parts.add(TABLE, "table storage", entries, tables);
    } else {
      parts.add(STORAGE, "operand registers", new Register(entryBits(spec)), spec.length());
    }
    if (offset()) {
      operandSum();
    }
    parts.unshared();
  }

  /** Largest exponent, distance to it, shift, sign; the operands wait elsewhere for their group. */
  private void alignOperands() {
    FloatFormat real = (FloatFormat) spec.tabledFormat();
    int bits = operandBits(spec);
    int p = FloatWidths.significand(real);
    int instances = serving(spec.length());
    if (real.exponentBits() > 0) {
      int exponent = real.exponentBits();
      parts.add(ALIGNER_AND_TREE, "largest exponent", new Maximum(exponent), instances);
      parts.add(ALIGNER_AND_TREE, "exponent difference", new Adder(exponent), instances);
    }
    int word = Math.max(p, bits - 1);
    parts.add(ALIGNER_AND_TREE, "aligner", new Shifter(word, bits - 1), instances);
    parts.add(ALIGNER_AND_TREE, "sign", new Negator(bits), instances);
  }

  /** Sums with shared prefixes: a level has twice the additions of the one before. */
  private void addIntegers() {
    int builders = serving(tables);
    for (int terms = 2; terms <= inputs; terms++) {
      int width = operandBits(spec) + Widths.ceilLog2(terms);
      int count = additions(terms);
      if (spec.table().digits() == Digits.SIGNED) {
        SumAndDifference pair = new SumAndDifference(width);
        parts.add(TABLE, "sums of " + terms, pair, count / 2 * builders);
      } else {
        parts.add(TABLE, "sums of " + terms, new Adder(width), count * builders);
      }
    }
    if (mirrored()) {
      int negated = spec.table().entries() / 2 * builders;
      parts.add(TABLE, "negated sums", new Negator(entryBits(spec), false), negated);
    }
  }

  private void addReals() {
    FloatFormat real = spec.entries() instanceof Rounded r ? r.format() : Formats.BINARY32;
    int builders = serving(tables);
    for (int terms = 2; terms <= inputs; terms++) {
      FloatParts.adder(parts, TABLE, "sums of " + terms, real, additions(terms) * builders);
    }
  }

  /**
   * Additions whose result has so many terms: for signed digits both signs of every sum of one term
   * less, up to the sign of all; for binary digits the subsets of so many inputs.
   */
  private int additions(int terms) {
    if (spec.table().digits() == Digits.SIGNED) {
      return 1 << (terms - 1);
    }
    int subsets = 1;
    for (int i = 0; i < terms; i++) {
      subsets = subsets * (inputs - i) / (i + 1);
    }
    return subsets;
  }

  /** A full table of signed sums: its other half is minus the one. */
  private boolean mirrored() {
    return spec.table().digits() == Digits.SIGNED && !spec.table().half();
  }

  /** Scale and rounding of the sums of a table, as in {@link LookupTableHardware}. */
  private void quantize(Quantized quantized) {
    FloatFormat real = Formats.BINARY32;
    int p = FloatWidths.significand(real);
    int stored = spec.table().storedEntries() * serving(tables);
    parts.add(QUANTIZER, "largest entry", new Maximum(real.bits() - 1), stored);
    FloatParts.multiplier(parts, QUANTIZER, "entry scaling", real, stored);
    parts.add(QUANTIZER, "entry to integer: shifter", new Shifter(p, p), stored);
    parts.add(QUANTIZER, "entry to integer: rounding", new Adder(quantized.bits()), stored);
    parts.add(QUANTIZER, "entry to integer: sign", new Negator(quantized.bits()), stored);
    int steps = 2 * (p + FloatParts.ROUNDING_BITS);
    parts.add(QUANTIZER, "scale divider", new Adder(p + 1), serving(steps * scales(quantized)));
    parts.working(1, 1);
    parts.add(STORAGE, "table scales", new Register(real.bits()), scales(quantized));
  }

  private int scales(Quantized quantized) {
    return tables / quantized.tablesPerScale();
  }

  /** Whether signed digits have an offset, which the sum of the operand makes good. */
  private boolean offset() {
    return spec.factors().offset()
        || !spec.factors().real()
            && SerialDigits.of(spec.serialFormat(), spec.table().digits()).offset() != 0;
  }

  /** The entries of plus signs, which are the sums of their inputs, added; one table has it as an entry. */
  private void operandSum() {
    if (spec.entries() instanceof Quantized || rounded()) {
      int adders = serving(Math.max(1, tables - 1));
      FloatParts.adder(parts, TABLE, "operand sum", sums(), adders);
    } else if (tables > 1) {
      parts.addTree(TABLE, "operand sum", tables, entryBits(spec), 1, 1);
      parts.add(TABLE, "operand sum register", new Register(planeSumBits(spec)));
    }
  }

  private void lookUp() {
    int bits = entryBits(spec);
    parts.working(planes, 1);
    parts.add(STORAGE, "serial bits", new Register(inputs), tables);
    if (inputs == 1) {
      digitProducts(bits);
    } else {
      parts.add(TABLE, "entry selector", new Multiplexer(spec.table().entries(), bits), tables);
      if (spec.table().half()) {
        if (!spec.table().folded()) {
          parts.add(TABLE, "index complement", new Negator(inputs - 1), tables);
        }
        parts.add(TABLE, "entry sign", new Negator(rounded() ? 1 : bits), tables);
      }
    }
    if (rounded()) {
      int adders = tables - 1;
      if (adders > 0) {
        FloatParts.adder(parts, ALIGNER_AND_TREE, "adder tree", sums(), adders);
      }
    } else {
      int terms =
          spec.entries() instanceof Quantized quantized ? quantized.tablesPerScale() : tables;
      parts.addTree(ALIGNER_AND_TREE, "adder tree", terms, bits, 1, tables / terms);
    }
  }

  /** A gate passes an element or its complement. */
  private void digitProducts(int bits) {
    if (spec.table().digits() == Digits.SIGNED) {
      parts.add(MULTIPLIER, "digit sign", new Negator(rounded() ? 1 : bits), spec.length());
    } else {
      parts.add(MULTIPLIER, "digit gate", new Multiplexer(2, bits), spec.length());
    }
  }

  /** The sum of a plane moves to its place; binary digits subtract the last plane. */
  private void placePlanes(int bits, int groups) {
    if (spec.table().digits() == Digits.BINARY) {
      parts.add(ACCUMULATOR, "plane sign", new Negator(bits), groups);
    }
    if (planes > 1) {
      Shifter shifter = new Shifter(bits, planes - 1, bits + planes - 1);
      parts.add(ACCUMULATOR, "plane shifter", shifter, groups);
    }
  }

  /** The sum of the operand is taken off the first plane, which has no other time for it. */
  private void subtractOffset(int bits) {
    if (offset()) {
      parts.add(ACCUMULATOR, "offset subtraction", new Adder(bits + 1));
    }
  }

  private void accumulateIntegers() {
    subtractOffset(planeSumBits(spec));
    placePlanes(planeSumBits(spec), 1);
    int bits = spec.accumulator().bits();
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(bits));
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
  }

  /** Integers over a group of one exponent, then a conversion and a floating-point addition. */
  private void accumulateAligned() {
    subtractOffset(planeSumBits(spec));
    placePlanes(planeSumBits(spec), 1);
    int group = spec.alignment().inputs() == 0 ? PRODUCTS_PER_OUTPUT : spec.alignment().inputs();
    int bits = operandBits(spec) + planes + Widths.ceilLog2(group);
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(bits));
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
    FloatFormat real = sums();
    parts.working(spec.length(), group);
    int p = FloatWidths.significand(real);
    FloatParts.normaliser(parts, QUANTIZER, "sum to float", bits, real, p, 1);
    if (spec.alignment().inputs() != 0) {
      FloatParts.adder(parts, ACCUMULATOR, "sum of groups", real, 1);
      parts.add(ACCUMULATOR, "sum register", new Register(real.bits()));
    }
  }

  /** Integers over the planes of a pass, then a multiply-add with the scale of their tables. */
  private void accumulateQuantized(Quantized quantized) {
    int groups = scales(quantized);
    int tree = quantized.bits() + Widths.ceilLog2(quantized.tablesPerScale());
    placePlanes(tree, groups);
    int bits = tree + planes;
    parts.add(ACCUMULATOR, "plane adder", new Adder(bits), groups);
    parts.add(ACCUMULATOR, "plane register", new Register(bits), groups);
    FloatFormat real = Formats.BINARY32;
    int steps = serving(groups);
    FloatParts.normaliser(parts, QUANTIZER, "sum to float", bits, real, 0, steps);
    int scaled = serving(groups + (offset() ? 1 : 0));
    FloatParts.fusedMultiplyAdd(
        parts, QUANTIZER, ACCUMULATOR, ACCUMULATOR, "table scale", real, scaled);
    parts.working(planes, 1);
    parts.add(ACCUMULATOR, "accumulator register", new Register(real.bits()));
  }

  /**
   * A sum for each plane over the inputs that share factors, and a multiply-add for each when they are
   * complete; sums of integers become floats first. The offset has the sum of the operand, which its
   * tables' builder makes.
   */
  private void accumulateFactored() {
    FloatFormat real = sums();
    int group = spec.factors().inputs() == 0 ? PRODUCTS_PER_OUTPUT : spec.factors().inputs();
    int aligned = spec.alignment().inputs();
    int exact = aligned == 0 ? group : Math.min(group, aligned);
    if (rounded()) {
      FloatParts.adder(parts, ACCUMULATOR, "plane sum", real, 1);
      parts.add(ACCUMULATOR, "plane sums", new Register(real.bits()), planes);
    } else {
      int bits = planeSumBits(spec) + Widths.ceilLog2(Math.max(1, exact / spec.length()));
      parts.add(ACCUMULATOR, "plane sum", new Adder(bits));
      parts.add(ACCUMULATOR, "plane sums", new Register(bits), planes);
      parts.working(planes * spec.length(), exact);
      int p = FloatWidths.significand(real);
      FloatParts.normaliser(parts, QUANTIZER, "sum to float", bits, real, p, 1);
      if (exact < group) {
        FloatParts.adder(parts, ACCUMULATOR, "sum of groups", real, 1);
      }
    }
    FloatFormat factor = spec.factors().format().orElseThrow();
    int factors = planes + (spec.factors().offset() ? 1 : 0);
    parts.working(factors * spec.length(), group);
    FloatParts.fusedMultiplyAdd(
        parts, QUANTIZER, ACCUMULATOR, ACCUMULATOR, "plane factor", factor, real, real, 1);
    parts.add(STORAGE, "factors", new Register(factor.bits()), factors);
    parts.add(ACCUMULATOR, "accumulator register", new Register(real.bits()));
  }

  private void accumulateReals() {
    FloatFormat real = sums();
    parts.add(ACCUMULATOR, "plane exponent", new Adder(real.exponentBits()));
    parts.working(planes + (offset() ? 1 : 0), 1);
    FloatParts.adder(parts, ACCUMULATOR, "accumulator", real, 1);
    parts.working(planes, 1);
    parts.add(ACCUMULATOR, "accumulator register", new Register(real.bits()));
  }
}
