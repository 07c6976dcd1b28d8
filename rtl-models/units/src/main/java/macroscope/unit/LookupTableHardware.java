package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.SpecialValues;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Sharing;
import macroscope.hardware.Widths;

/**
 * What a lookup-table unit is built from: {@code tablesPerCall} half tables of int8 entries, an 8:1
 * selector and a conditional negation for each, an adder tree, and the scale steps of the kernel. A
 * pass takes one cycle for each bit plane of the weights.
 *
 * <p>Tables and what builds them serve many units at once, as in LUT Tensor Core (Mo et al., ISCA'25,
 * arXiv 2408.06003, section 3: precompute split from lookup, tile M2 N64 K4): all that an array feeds
 * with the same activations, or {@link LookupTableSpec#unitsPerTable} of them. A unit is charged its
 * share.
 */
public final class LookupTableHardware {

  /**
   * Entries a table stores: half of 2^4, since entry[i] = -entry[15 - i] holds exactly after
   * quantization to int8.
   */
  public static final int STORED_ENTRIES = 1 << (LookupTableSpec.TABLE_INPUTS - 1);

  /** Bits of an entry; |entry| is at most 127, so its negation fits too. */
  public static final int ENTRY_BITS = 8;

  /** Additions that make the stored entries with shared prefixes: 2 + 4 + 8. */
  private static final int TABLE_ADDITIONS = 14;

  /** Bits of the integer accumulator when one scale serves all of K. */
  private static final int UNIFIED_ACCUMULATOR_BITS = 32;

  /** Products over which steps done once an output are spread: K of a 4096-wide layer. */
  private static final int PRODUCTS_PER_OUTPUT = 4096;

  private LookupTableHardware() {}

  /** Bits of the integer sum of looked-up entries; the averaging tree keeps those of an entry. */
  public static int sumBits(LookupTableSpec spec) {
    return ENTRY_BITS + levelGrowth(spec) * Widths.ceilLog2(spec.lookupsPerSum());
  }

  /** Bits of the sum that is kept for each bit plane: an integer under one scale, else a float. */
  public static int planeSumBits(LookupTableSpec spec) {
    return spec.activationGroup() == 0 ? UNIFIED_ACCUMULATOR_BITS : real(spec).bits();
  }

  public static Inventory inventory(LookupTableSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    buildTables(parts, spec);
    lookUp(parts, spec);
    if (spec.unified()) {
      accumulateIntegers(parts, spec);
    } else {
      accumulateScaled(parts, spec);
    }
    return parts.build();
  }

  /** Table building is an operator of its own before this pipeline; a bit plane enters each cycle. */
  public static Pipeline pipeline(LookupTableSpec spec) {
    return Pipeline.singleStage(
        List.of("look up", "add", "scale", "accumulate"), spec.weightBits());
  }

  /** Enough builders of one table a cycle to renew all tables while a pass runs. */
  private static void buildTables(InventoryBuilder parts, LookupTableSpec spec) {
    FloatFormat real = real(spec);
    int p = FloatWidths.significand(real);
    int tables = spec.tablesPerCall();
    int builders = (tables + spec.weightBits() - 1) / spec.weightBits();
    parts.shared(new Sharing(Sharing.Operand.LEFT, spec.unitsPerTable()));
    parts.working(tables, builders);
    FloatParts.adder(parts, TABLE, "table entries", real, TABLE_ADDITIONS * builders);
    // Largest magnitude of a table: |b0| + |b1| + |b2| + |b3|; and the running sum of entry[0].
    FloatParts.adder(parts, QUANTIZER, "table range", real, 3 * builders);
    parts.add(QUANTIZER, "group range", new Maximum(real.bits() - 1), builders);
    FloatParts.adder(parts, QUANTIZER, "table bias", real, builders);
    int entries = STORED_ENTRIES * builders;
    FloatParts.multiplier(parts, QUANTIZER, "entry scaling", real, entries);
    parts.add(QUANTIZER, "entry to integer: shifter", new Shifter(p, p), entries);
    parts.add(QUANTIZER, "entry to integer: rounding", new Adder(ENTRY_BITS), entries);
    parts.add(QUANTIZER, "entry to integer: sign", new Negator(ENTRY_BITS), entries);
    divider(parts, spec, p);
    parts.working(1, 1);
    parts.add(TABLE, "table storage", new Register(STORED_ENTRIES * ENTRY_BITS), tables);
    parts.unshared();
  }

  /** max / 127 and its reciprocal, one bit a step, once an activation group. */
  private static void divider(InventoryBuilder parts, LookupTableSpec spec, int p) {
    int steps = 2 * (p + FloatParts.ROUNDING_BITS);
    int group = spec.unified() ? PRODUCTS_PER_OUTPUT : spec.activationGroup();
    parts.working(steps * spec.tileInputs(), group);
    parts.add(QUANTIZER, "scale divider", new Adder(p + 1));
  }

  private static void lookUp(InventoryBuilder parts, LookupTableSpec spec) {
    int tables = spec.tablesPerCall();
    parts.working(spec.weightBits(), 1);
    parts.add(STORAGE, "weight bits", new Register(LookupTableSpec.TABLE_INPUTS), tables);
    parts.add(TABLE, "entry selector", new Multiplexer(STORED_ENTRIES, ENTRY_BITS), tables);
    parts.add(TABLE, "entry sign", new Negator(ENTRY_BITS), tables);
    int terms = spec.lookupsPerSum();
    int growth = levelGrowth(spec);
    parts.addTree(ALIGNER_AND_TREE, "adder tree", terms, ENTRY_BITS, growth, tables / terms);
    parts.add(CONTROL, "bit plane counter", new Register(Widths.ceilLog2(spec.weightBits()) + 1));
  }

  /** One scale for all of K: planes are summed as integers and scaled once an output. */
  private static void accumulateIntegers(InventoryBuilder parts, LookupTableSpec spec) {
    int bits = UNIFIED_ACCUMULATOR_BITS;
    parts.add(ACCUMULATOR, "plane accumulator adder", new Adder(bits));
    parts.working(1, 1);
    parts.add(ACCUMULATOR, "plane accumulators", new Register(bits), spec.weightBits());
    FloatFormat real = real(spec);
    int p = FloatWidths.significand(real);
    parts.working(spec.weightBits() * spec.tileInputs(), PRODUCTS_PER_OUTPUT);
    FloatParts.normaliser(parts, QUANTIZER, "sum to float", bits, real, p, 1);
    FloatParts.adder(parts, QUANTIZER, "plane combination", real, 1);
    parts.working(2 * spec.tileInputs(), PRODUCTS_PER_OUTPUT);
    FloatParts.multiplier(parts, QUANTIZER, "output scaling", real, 1);
  }

  /** Each integer sum is scaled by its activation group, their sum by the weight group. */
  private static void accumulateScaled(InventoryBuilder parts, LookupTableSpec spec) {
    FloatFormat real = real(spec);
    int sums = spec.tablesPerCall() / spec.lookupsPerSum();
    FloatParts.normaliser(parts, QUANTIZER, "sum to float", sumBits(spec), real, 0, sums);
    scaleStep(parts, "activation scale", real, sums);
    if (sums > 1) {
      FloatParts.adder(parts, ACCUMULATOR, "sum of groups", real, sums - 1);
    }
    scaleStep(parts, "weight scale", real, 1);
    parts.working(1, 1);
    parts.add(STORAGE, "scales and biases", new Register(real.bits()), 2 * sums);
    parts.add(ACCUMULATOR, "plane accumulators", new Register(real.bits()), spec.weightBits());
    parts.working(spec.weightBits() * spec.tileInputs(), PRODUCTS_PER_OUTPUT);
    FloatParts.adder(parts, ACCUMULATOR, "plane combination", real, 1);
    int weightGroup = spec.weightGroup() == 0 ? PRODUCTS_PER_OUTPUT : spec.weightGroup();
    parts.working(spec.tileInputs(), weightGroup);
    parts.add(STORAGE, "weight scale", new Register(real.bits()));
  }

  private static void scaleStep(
      InventoryBuilder parts, String what, FloatFormat real, int instances) {
    FloatParts.fusedMultiplyAdd(parts, QUANTIZER, ACCUMULATOR, ACCUMULATOR, what, real, instances);
  }

  private static int levelGrowth(LookupTableSpec spec) {
    return spec.aggregation() == LookupTableSpec.Aggregation.EXACT ? 1 : 0;
  }

  private static FloatFormat real(LookupTableSpec spec) {
    return switch (spec.numberSystem()) {
      case FP32_AVX2 -> new FloatFormat("binary32", true, 8, 23, 127, SpecialValues.IEEE, true);
      case FP16_NEON -> new FloatFormat("binary16", true, 5, 10, 15, SpecialValues.IEEE, true);
    };
  }
}
