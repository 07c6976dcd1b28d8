package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.STORAGE;

import java.util.List;
import java.util.Set;
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
 * What a fused dot product with align-and-truncate is built from: one datapath for {@code
 * groupLength} products and the addend, through which the groups of a longer instruction go one
 * after another.
 */
public final class FusedDotHardware {

  /** Integer bits of a product of two significands in [1, 2): it is less than 4 and not normalised. */
  private static final int PRODUCT_INTEGER_BITS = 2;

  private FusedDotHardware() {}

  /** Bits of an aligned magnitude: the kept fraction bits and the two integer bits of a product. */
  public static int windowBits(FusedDotSpec spec) {
    return spec.keptFractionBits() + PRODUCT_INTEGER_BITS;
  }

  /** Bits of the two's complement sum: the window, ceil(log2(group + 1)) carries, a sign. */
  public static int sumBits(FusedDotSpec spec) {
    return windowBits(spec) + Widths.ceilLog2(spec.groupLength() + 1) + 1;
  }

  /**
   * Bits of the result that are computed: a significand no longer than the sum or than {@code
   * outputFractionBits} say; the rest of the accumulator format is zero and needs no flip-flop.
   */
  public static int resultBits(FusedDotSpec spec) {
    FloatFormat output = spec.accumulator();
    int significand = Math.min(sumBits(spec), spec.outputFractionBits() + 1);
    int constant = Math.max(0, FloatWidths.significand(output) - significand);
    return output.bits() - constant;
  }

  public static Inventory inventory(FusedDotSpec spec) {
    return inventory(spec, Set.of());
  }

  /** The unit cut into stages. */
  static Inventory inventory(FusedDotSpec spec, Set<PipelineRank> ranks) {
    int least = FloatWidths.leastProduct(spec.a(), spec.b());
    return inventory(spec, least, FloatWidths.largestProduct(spec.a(), spec.b()), ranks);
  }

  /**
   * The unit where exponents of products lie elsewhere than those of its operands say.
   *
   * @param least exponent of a product
   * @param largest exponent of a product
   */
  static Inventory inventory(FusedDotSpec spec, int least, int largest, Set<PipelineRank> ranks) {
    InventoryBuilder parts = new InventoryBuilder().working(groups(spec), 1);
    int exponent = FloatWidths.commonExponent(least, largest, spec.accumulator());
    products(parts, spec);
    largestExponent(parts, spec, exponent, ranks);
    align(parts, spec, exponent);
    int terms = spec.groupLength() + 1;
    parts.addTree(ALIGNER_AND_TREE, "adder tree", terms, windowBits(spec) + 1, 1, 1);
    boolean nearest = spec.finalRounding() != RoundingMode.TOWARD_ZERO;
    PlacedNumber sum = sum(spec, least, largest);
    new Normaliser(sum, spec.accumulator(), spec.outputFractionBits() + 1, nearest)
        .addTo(parts, ACCUMULATOR, "result");
    parts.add(ACCUMULATOR, "accumulator register", new Register(resultBits(spec)));
    parts.add(CONTROL, "first-pass flag", new Register(1), PipelineRank.flags(ranks));
    return parts.build();
  }

  /** Multiply, align, add, normalise; a group enters each cycle. */
  public static Pipeline pipeline(FusedDotSpec spec) {
    return pipeline(spec, Set.of());
  }

  /** The unit cut into stages. */
  static Pipeline pipeline(FusedDotSpec spec, Set<PipelineRank> ranks) {
    return PipelineRank.pipeline(
        ranks, List.of("multiply"), List.of("align", "add", "normalise"), List.of(), groups(spec));
  }

  private static int groups(FusedDotSpec spec) {
    return spec.length() / spec.groupLength();
  }

  private static void products(InventoryBuilder parts, FusedDotSpec spec) {
    FloatFormat a = spec.a();
    FloatFormat b = spec.b();
    int n = spec.groupLength();
    parts.add(STORAGE, "operand registers", new Register(a.bits() + b.bits()), n);
    Multiplier multiplier = new Multiplier(FloatWidths.significand(a), FloatWidths.significand(b));
    parts.add(MULTIPLIER, "significand multiplier", multiplier, n);
    parts.add(MULTIPLIER, "exponent adder", new Adder(FloatWidths.exponentSum(a, b)), n);
  }

  /** In a rank of registers products wait with their largest exponent for that of the addend. */
  private static void largestExponent(
      InventoryBuilder parts, FusedDotSpec spec, int exponent, Set<PipelineRank> ranks) {
    int n = spec.groupLength();
    Maximum maximum = new Maximum(exponent);
    if (!ranks.contains(PipelineRank.PRODUCT)) {
      parts.add(ALIGNER_AND_TREE, "largest exponent", maximum, n);
      return;
    }
    parts.add(ALIGNER_AND_TREE, "largest exponent of products", maximum, n - 1);
    int significand = FloatWidths.significand(spec.a()) + FloatWidths.significand(spec.b());
    int product =
        significand
            + FloatWidths.exponentSum(spec.a(), spec.b())
            + FloatWidths.signBits(spec.a(), spec.b());
    parts.add(ALIGNER_AND_TREE, "rank of products", new Register(product), n);
    parts.add(ALIGNER_AND_TREE, "rank of the largest exponent", new Register(maximum.bits()));
    parts.add(ALIGNER_AND_TREE, "largest exponent", maximum);
  }

  /** The sum, whose lowest bit lies the kept fraction bits below the largest exponent. */
  private static PlacedNumber sum(FusedDotSpec spec, int least, int largest) {
    FloatFormat addend = spec.accumulator();
    int lowest = Math.min(least, addend.minExponent());
    lowest = Math.max(lowest, spec.alignment().leastExponent().orElse(lowest));
    int highest = Math.max(largest, addend.maxExponent());
    int kept = spec.keptFractionBits();
    return new PlacedNumber(sumBits(spec), lowest - kept, highest - kept);
  }

  private static void align(InventoryBuilder parts, FusedDotSpec spec, int exponent) {
    int n = spec.groupLength();
    parts.add(ALIGNER_AND_TREE, "exponent difference", new Adder(exponent), n + 1);
    int product = FloatWidths.significand(spec.a()) + FloatWidths.significand(spec.b());
    parts.add(ALIGNER_AND_TREE, "product aligner", aligner(product, spec), n);
    int addend = FloatWidths.significand(spec.accumulator());
    parts.add(ALIGNER_AND_TREE, "addend aligner", aligner(addend, spec));
    parts.add(ALIGNER_AND_TREE, "term sign", new Negator(windowBits(spec)), n + 1);
  }

  /** Right shift of a term within the window; what is shifted further is zero. */
  private static Shifter aligner(int significandBits, FusedDotSpec spec) {
    int window = windowBits(spec);
    return new Shifter(Math.min(significandBits, window), window - 1, window);
  }
}
