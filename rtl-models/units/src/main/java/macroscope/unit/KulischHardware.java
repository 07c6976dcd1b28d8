package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;

import java.util.List;
import java.util.Set;
import macroscope.format.FloatFormat;
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
 * What a minifloat unit with an exact fixed-point (Kulisch) accumulator is built from. Nothing is
 * ever cut off, so each width is the range of what it holds.
 */
public final class KulischHardware {

  private KulischHardware() {}

  /**
   * Bits of one exact signed product in fixed point: significand bits of both, the span of both
   * exponents (2^X - 2 for an eXmY format whose every code is a number) and the sign. e2m1: 9, e4m3:
   * 37, e5m2: 67.
   */
  public static int productBits(FloatFormat a, FloatFormat b) {
    return FloatWidths.productMagnitude(a, b) + FloatWidths.signBits(a, b);
  }

  /** Bits of the accumulator: a product, and ceil(log2(terms)) carries of so many products. */
  public static int accumulatorBits(FloatFormat a, FloatFormat b, int terms) {
    return productBits(a, b) + Widths.ceilLog2(terms);
  }

  /** The unit with its operand registers, accumulator and the conversion of the sum. */
  public static Inventory inventory(KulischSpec spec) {
    return inventory(spec, Set.of());
  }

  /**
   * The unit cut into stages; the rank before the conversion is the accumulator that it has anyway. Without
   * that rank the conversion reads what the accumulator is about to hold.
   */
  static Inventory inventory(KulischSpec spec, Set<PipelineRank> ranks) {
    InventoryBuilder parts = new InventoryBuilder();
    int bits = spec.accumulatorBits();
    products(parts, spec.a(), spec.b(), spec.length());
    add(parts, productBits(spec.a(), spec.b()), spec.length(), bits, ranks);
    if (ranks.contains(PipelineRank.CONVERSION)) {
      hold(parts, bits, ranks);
      convert(parts, spec);
    } else {
      convert(parts, spec);
      hold(parts, bits, ranks);
    }
    return parts.build();
  }

  private static void convert(InventoryBuilder parts, KulischSpec spec) {
    parts.working(spec.length(), spec.terms());
    FloatFormat output = spec.output();
    int unit = FloatWidths.unit(spec.a()) + FloatWidths.unit(spec.b());
    PlacedNumber sum = PlacedNumber.of(spec.accumulatorBits(), unit);
    new Normaliser(sum, output, FloatWidths.significand(output), true)
        .addTo(parts, QUANTIZER, "conversion");
    parts.add(QUANTIZER, "result register", new Register(output.bits()));
    parts.working(1, 1);
  }

  /** The unit without the conversion: what leaves is the fixed-point accumulator. */
  public static Inventory fixedPointInventory(
      FloatFormat a, FloatFormat b, int length, int accumulatorBits) {
    InventoryBuilder parts = new InventoryBuilder();
    products(parts, a, b, length);
    accumulate(parts, productBits(a, b), length, accumulatorBits);
    return parts.build();
  }

  /** Multiply, move to its place in fixed point, register the product: no accumulator. */
  public static Inventory productInventory(FloatFormat a, FloatFormat b) {
    InventoryBuilder parts = new InventoryBuilder();
    products(parts, a, b, 1);
    parts.add(STORAGE, "product register", new Register(productBits(a, b)));
    return parts.build();
  }

  /**
   * The same function with the operands moved to two's complement fixed point before an integer
   * multiplication: wider multipliers in place of the product shifter.
   */
  public static Inventory preshiftedInventory(
      FloatFormat a, FloatFormat b, int length, int accumulatorBits) {
    InventoryBuilder parts = new InventoryBuilder();
    operands(parts, a, b, length);
    for (FloatFormat operand : List.of(a, b)) {
      int significand = FloatWidths.significand(operand);
      int span = FloatWidths.exponentSpan(operand);
      if (span > 0) {
        Shifter shifter = new Shifter(significand, span, significand + span);
        parts.add(ALIGNER_AND_TREE, "operand shifter", shifter, length);
      }
      if (operand.signed()) {
        parts.add(ALIGNER_AND_TREE, "operand sign", new Negator(significand + span), length);
      }
    }
    Multiplier multiplier = new Multiplier(fixedPointBits(a), fixedPointBits(b));
    parts.add(MULTIPLIER, "fixed-point multiplier", multiplier, length);
    accumulate(parts, productBits(a, b), length, accumulatorBits);
    return parts.build();
  }

  private static int fixedPointBits(FloatFormat format) {
    int sign = format.signed() ? 1 : 0;
    return FloatWidths.significand(format) + FloatWidths.exponentSpan(format) + sign;
  }

  /** Register - multiply - place - accumulate; the conversion follows when a sum is complete. */
  public static Pipeline pipeline(KulischSpec spec) {
    return pipeline(spec, Set.of());
  }

  /** The unit cut into stages. */
  static Pipeline pipeline(KulischSpec spec, Set<PipelineRank> ranks) {
    return PipelineRank.pipeline(
        ranks, List.of("multiply", "shift"), List.of("accumulate"), List.of("convert"), 1);
  }

  private static void operands(InventoryBuilder parts, FloatFormat a, FloatFormat b, int length) {
    parts.add(STORAGE, "operand registers", new Register(a.bits() + b.bits()), length);
  }

  private static void products(InventoryBuilder parts, FloatFormat a, FloatFormat b, int length) {
    operands(parts, a, b, length);
    int m = FloatWidths.significand(a);
    int n = FloatWidths.significand(b);
    parts.add(MULTIPLIER, "significand multiplier", new Multiplier(m, n), length);
    int span = FloatWidths.exponentSpan(a) + FloatWidths.exponentSpan(b);
    if (span > 0) {
      parts.add(MULTIPLIER, "exponent adder", new Adder(FloatWidths.exponentSum(a, b)), length);
      Shifter shifter = new Shifter(m + n, span, m + n + span);
      parts.add(ALIGNER_AND_TREE, "product shifter", shifter, length);
    }
    negators(parts, a, b, length);
  }

  private static void negators(InventoryBuilder parts, FloatFormat a, FloatFormat b, int length) {
    if (FloatWidths.signBits(a, b) > 0) {
      Negator negator = new Negator(FloatWidths.productMagnitude(a, b));
      parts.add(ALIGNER_AND_TREE, "product sign", negator, length);
    }
  }

  private static void accumulate(
      InventoryBuilder parts, int productBits, int length, int accumulatorBits) {
    add(parts, productBits, length, accumulatorBits, Set.of());
    hold(parts, accumulatorBits, Set.of());
  }

  private static void add(
      InventoryBuilder parts,
      int productBits,
      int length,
      int accumulatorBits,
      Set<PipelineRank> ranks) {
    if (ranks.contains(PipelineRank.PRODUCT)) {
      parts.add(ALIGNER_AND_TREE, "rank of products", new Register(productBits), length);
    }
    parts.addTree(ALIGNER_AND_TREE, "adder tree", length, productBits, 1, 1);
    if (ranks.contains(PipelineRank.TREE)) {
      int pass = productBits + Widths.ceilLog2(length);
      parts.add(ALIGNER_AND_TREE, "rank of the pass", new Register(pass));
    }
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(accumulatorBits));
  }

  private static void hold(InventoryBuilder parts, int bits, Set<PipelineRank> ranks) {
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(CONTROL, "first-pass flag", new Register(1), PipelineRank.flags(ranks));
  }
}
