package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.STORAGE;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/**
 * What a dot product of exactly added groups with scales is built from: fixed-point products and an
 * adder tree for each group, a multiplier of its sum and scales, an aligner, a second tree.
 */
public final class ScaledGroupHardware {

  private ScaledGroupHardware() {}

  /** Bits of a signed term: the group sum times both scale significands. */
  public static int termBits(ScaledGroupDotSpec spec) {
    FloatFormat scale = spec.scale();
    return spec.groupBits() + (scale.fractionBits() == 0 ? 0 : 2 * FloatWidths.significand(scale));
  }

  /** Bits of an aligned magnitude: the kept fraction bits and what a term has above its exponent. */
  public static int windowBits(ScaledGroupDotSpec spec) {
    int fraction =
        unitExponent(spec.a()) + unitExponent(spec.b()) + 2 * spec.scale().fractionBits();
    return spec.keptFractionBits() + Math.max(1, termBits(spec) - 1 - fraction);
  }

  private static int unitExponent(FloatFormat format) {
    return format.fractionBits() - format.minExponent();
  }

  /** Bits of the two's complement sum of all groups and the addend. */
  public static int sumBits(ScaledGroupDotSpec spec) {
    return windowBits(spec) + Widths.ceilLog2(spec.groups() + 1) + 1;
  }

  public static Inventory inventory(ScaledGroupDotSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    products(parts, spec);
    scales(parts, spec);
    align(parts, spec);
    int terms = spec.groups() + 1;
    parts.addTree(ALIGNER_AND_TREE, "tree of groups", terms, windowBits(spec) + 1, 1, 1);
    FloatFormat output = spec.accumulator();
    boolean truncated = spec.finalRounding() == RoundingMode.TOWARD_ZERO;
    int rounded = truncated ? 0 : FloatWidths.significand(output);
    FloatParts.normaliser(parts, ACCUMULATOR, "result", sumBits(spec), output, rounded, 1);
    parts.add(ACCUMULATOR, "accumulator register", new Register(output.bits()));
    parts.add(CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /** Products in fixed point and the exact tree of each group. */
  private static void products(InventoryBuilder parts, ScaledGroupDotSpec spec) {
    FloatFormat a = spec.a();
    FloatFormat b = spec.b();
    int n = spec.length();
    int significand = FloatWidths.significand(a) + FloatWidths.significand(b);
    int span = FloatWidths.exponentSpan(a) + FloatWidths.exponentSpan(b);
    parts.add(STORAGE, "operand registers", new Register(a.bits() + b.bits()), n);
    Multiplier multiplier = new Multiplier(FloatWidths.significand(a), FloatWidths.significand(b));
    parts.add(MULTIPLIER, "significand multiplier", multiplier, n);
    if (span > 0) {
      parts.add(MULTIPLIER, "exponent adder", new Adder(FloatWidths.exponentSum(a, b)), n);
      Shifter shifter = new Shifter(significand, span, significand + span);
      parts.add(ALIGNER_AND_TREE, "product shifter", shifter, n);
    }
    parts.add(ALIGNER_AND_TREE, "product sign", new Negator(significand + span), n);
    int product = KulischHardware.productBits(a, b);
    parts.addTree(
        ALIGNER_AND_TREE, "tree of a group", spec.groupLength(), product, 1, spec.groups());
  }

  private static void scales(InventoryBuilder parts, ScaledGroupDotSpec spec) {
    FloatFormat scale = spec.scale();
    int groups = spec.groups();
    int blocks = (spec.length() + spec.blockLength() - 1) / spec.blockLength();
    parts.add(STORAGE, "scale registers", new Register(2 * scale.bits()), blocks);
    Adder exponents = new Adder(FloatWidths.exponentSum(scale, scale));
    parts.add(MULTIPLIER, "sum of scale exponents", exponents, blocks);
    if (scale.fractionBits() > 0) {
      int p = FloatWidths.significand(scale);
      parts.add(MULTIPLIER, "product of scales", new Multiplier(p, p), blocks);
      Multiplier scaled = new Multiplier(spec.groupBits(), 2 * p);
      parts.add(MULTIPLIER, "scaled group", scaled, groups);
    }
  }

  private static void align(InventoryBuilder parts, ScaledGroupDotSpec spec) {
    int groups = spec.groups();
    int exponent = FloatWidths.commonExponent(spec.scale(), spec.scale(), spec.accumulator());
    parts.add(ALIGNER_AND_TREE, "largest exponent", new Maximum(exponent), groups);
    parts.add(ALIGNER_AND_TREE, "exponent difference", new Adder(exponent), groups + 1);
    int window = windowBits(spec);
    Shifter term = new Shifter(Math.min(window, termBits(spec) - 1), window - 1, window);
    parts.add(ALIGNER_AND_TREE, "group aligner", term, groups);
    int addend = Math.min(window, FloatWidths.significand(spec.accumulator()));
    parts.add(ALIGNER_AND_TREE, "addend aligner", new Shifter(addend, window - 1, window));
    parts.add(ALIGNER_AND_TREE, "term sign", new Negator(window), groups + 1);
  }

  public static Pipeline pipeline(ScaledGroupDotSpec spec) {
    return new Pipeline(List.of("multiply", "add groups", "scale", "align", "add", "normalise"), 1);
  }
}
