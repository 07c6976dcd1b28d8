package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.STORAGE;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.FloatFormat;
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
 * What a two-level dot product is built from: aligners and a tree for each lane of products, an
 * aligner of the lanes where there are two, then those of the sum and the addend.
 */
public final class TwoLevelHardware {

  /** Integer bits of a product of two significands below 2. */
  private static final int PRODUCT_INTEGER_BITS = 2;

  private TwoLevelHardware() {}

  /** Bits of an aligned product's magnitude. */
  private static int windowBits() {
    return TwoLevelDotSpec.PRODUCT_FRACTION_BITS + PRODUCT_INTEGER_BITS;
  }

  /** Bits of the two's complement sum of all products of a group. */
  public static int productSumBits(TwoLevelDotSpec spec) {
    return windowBits() + Widths.ceilLog2(spec.groupLength()) + 1;
  }

  /** Bits of the sum with the addend: seven more fraction bits and a carry. */
  public static int sumBits(TwoLevelDotSpec spec) {
    int more = TwoLevelDotSpec.SUM_FRACTION_BITS - TwoLevelDotSpec.PRODUCT_FRACTION_BITS;
    return productSumBits(spec) + more + 1;
  }

  public static Inventory inventory(TwoLevelDotSpec spec) {
    int n = spec.groupLength();
    InventoryBuilder parts = new InventoryBuilder().working(spec.length() / n, 1);
    products(parts, spec);
    int lane = (n + spec.lanes() - 1) / spec.lanes();
    int term = windowBits() + 1;
    parts.addTree(ALIGNER_AND_TREE, "tree of products", lane, term, 1, spec.lanes());
    int sum = productSumBits(spec);
    int exponent = FloatWidths.commonExponent(spec.a(), spec.b(), TwoLevelDotSpec.ACCUMULATOR);
    if (spec.lanes() == 2) {
      parts.add(ALIGNER_AND_TREE, "larger exponent of lanes", new Maximum(exponent));
      parts.add(ALIGNER_AND_TREE, "exponent difference of lanes", new Adder(exponent));
      parts.add(ALIGNER_AND_TREE, "lane aligner", new Shifter(sum - 1, sum - 2), 2);
      parts.add(ALIGNER_AND_TREE, "sum of lanes", new Adder(sum));
    }
    accumulate(parts, spec, exponent);
    return parts.build();
  }

  private static void products(InventoryBuilder parts, TwoLevelDotSpec spec) {
    FloatFormat a = spec.a();
    FloatFormat b = spec.b();
    int n = spec.groupLength();
    int p = FloatWidths.significand(a);
    int q = FloatWidths.significand(b);
    parts.add(STORAGE, "operand registers", new Register(a.bits() + b.bits()), n);
    parts.add(MULTIPLIER, "significand multiplier", new Multiplier(p, q), n);
    int sum = FloatWidths.exponentSum(a, b);
    parts.add(MULTIPLIER, "exponent adder", new Adder(sum), n);
    int lanes = spec.lanes();
    parts.add(ALIGNER_AND_TREE, "largest product exponent", new Maximum(sum), n - lanes);
    parts.add(ALIGNER_AND_TREE, "product exponent difference", new Adder(sum), n);
    int window = windowBits();
    Shifter aligner = new Shifter(Math.min(p + q, window), window - 1, window);
    parts.add(ALIGNER_AND_TREE, "product aligner", aligner, n);
    parts.add(ALIGNER_AND_TREE, "product sign", new Negator(window), n);
  }

  private static void accumulate(InventoryBuilder parts, TwoLevelDotSpec spec, int exponent) {
    FloatFormat output = TwoLevelDotSpec.ACCUMULATOR;
    int sum = productSumBits(spec);
    int total = sumBits(spec);
    parts.add(ACCUMULATOR, "larger exponent", new Maximum(exponent));
    parts.add(ACCUMULATOR, "exponent difference", new Adder(exponent));
    parts.add(ACCUMULATOR, "sum aligner", new Shifter(sum, total - 2, total - 1));
    int addend = TwoLevelDotSpec.PRODUCT_FRACTION_BITS + PRODUCT_INTEGER_BITS;
    int significand = FloatWidths.significand(output) + 1;
    parts.add(ACCUMULATOR, "addend aligner", new Shifter(significand, addend - 1, addend));
    parts.add(ACCUMULATOR, "addend sign", new Negator(addend));
    parts.add(ACCUMULATOR, "sum with addend", new Adder(total));
    int rounded = FloatWidths.significand(output);
    FloatParts.normaliser(parts, ACCUMULATOR, "result", total, output, rounded, 1);
    parts.add(ACCUMULATOR, "accumulator register", new Register(output.bits()));
    parts.add(CONTROL, "first-pass flag", new Register(1));
  }

  public static Pipeline pipeline(TwoLevelDotSpec spec) {
    List<String> stages = new ArrayList<>(List.of("multiply", "align products", "add products"));
    if (spec.lanes() == 2) {
      stages.add("add lanes");
    }
    stages.addAll(List.of("align addend", "add", "normalise"));
    return new Pipeline(stages, spec.length() / spec.groupLength());
  }
}
