package macroscope.unit;

import java.util.Set;
import macroscope.format.FloatFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;

/**
 * What a fused dot product of operands with power-of-two scales is built from: the fused datapath and,
 * before it, the exponents of scales.
 */
public final class BlockScaledHardware {

  private BlockScaledHardware() {}

  /** Bits of the sum of both scale exponents and a product's: one carry on the wider of the two. */
  public static int exponentBits(BlockScaledDotSpec spec) {
    FusedDotSpec dot = spec.dot();
    int product = FloatWidths.commonExponent(dot.a(), dot.b(), dot.accumulator());
    return Math.max(product, FloatWidths.exponentSum(spec.scale(), spec.scale())) + 1;
  }

  public static Inventory inventory(BlockScaledDotSpec spec) {
    FusedDotSpec dot = spec.dot();
    int n = dot.groupLength();
    int blocks = (n + spec.blockLength() - 1) / spec.blockLength();
    InventoryBuilder parts = new InventoryBuilder().working(dot.length() / n, 1);
    Register registers = new Register(2 * spec.scale().bits());
    parts.add(Role.STORAGE, "scale registers", registers, blocks);
    Adder sum = new Adder(FloatWidths.exponentSum(spec.scale(), spec.scale()));
    parts.add(Role.MULTIPLIER, "sum of scale exponents", sum, blocks);
    Adder scaled = new Adder(exponentBits(spec));
    parts.add(Role.MULTIPLIER, "scaled exponent", scaled, n);
    Inventory scales = parts.build();
    return scales.plus(scaledDot(spec));
  }

  /** The fused datapath, whose products have the exponents of both scales on top of theirs. */
  private static Inventory scaledDot(BlockScaledDotSpec spec) {
    FusedDotSpec dot = spec.dot();
    FloatFormat scale = spec.scale();
    int least = FloatWidths.leastProduct(dot.a(), dot.b()) + FloatWidths.leastProduct(scale, scale);
    int span = FloatWidths.exponentSpan(dot.a()) + FloatWidths.exponentSpan(dot.b());
    return FusedDotHardware.inventory(
        dot, least, least + span + 2 * FloatWidths.exponentSpan(scale), Set.of());
  }

  /** Scale exponents are added while significands multiply. */
  public static Pipeline pipeline(BlockScaledDotSpec spec) {
    return FusedDotHardware.pipeline(spec.dot());
  }
}
