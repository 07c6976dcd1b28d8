package macroscope.unit;

import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.ConstantTable;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;

/**
 * What converts the weights of a pass: for each a subtraction of its zero point, a table of constants,
 * and a multiplier for its scale. Units that meet the same weights
 * share it.
 */
final class DequantizerHardware {

  private DequantizerHardware() {}

  static Inventory inventory(DequantizedSpec spec, DotProductUnit<?> unit) {
    InventoryBuilder parts = new InventoryBuilder();
    int weights = weights(spec.unit(), unit.length());
    parts.add(STORAGE, "weight registers", new Register(spec.weights().bits()), weights);
    boolean fused = spec.zero() == DequantizedSpec.Zero.FUSED;
    boolean scaled = spec.scale() != DequantizedSpec.Scale.AFTER;
    if (scaled) {
      parts.add(STORAGE, "scale register", new Register(spec.operand().bits()));
      parts.add(STORAGE, "zero point register", new Register(spec.operand().bits()), fused ? 1 : 0);
    }
    if (spec.weights() instanceof IntegerFormat integers && !fused) {
      parts.add(QUANTIZER, "zero point", new Adder(integers.bits() + 1), weights);
    }
    converter(parts, spec, weights);
    if (scaled) {
      scale(parts, (FloatFormat) spec.operand(), fused, weights);
    }
    Stream<Inventory.Line> conversion =
        parts.build().lines().stream().map(line -> shared(line, spec.sharedBy()));
    return new Inventory(Stream.concat(conversion, unit.inventory().lines().stream()).toList());
  }

  /** A conversion serves so many units in any array: side by side, or one pass after another. */
  private static Inventory.Line shared(Inventory.Line line, int units) {
    return new Inventory.Line(
        line.role(), line.name(), line.component(), line.instances(), line.usesPerPass(), units);
  }

  /** Weights that meet {@code products} products of a pass: those that sparsity keeps. */
  private static int weights(UnitSpec spec, int products) {
    if (spec instanceof PromotedSpec s) {
      return weights(s.unit(), products);
    }
    return spec instanceof SparseDotSpec s && s.side() == SparseDotSpec.Side.RIGHT
        ? s.sparsity().keptOf(products)
        : products;
  }

  /**
   * A table of constants by code, or by the difference of an integer and its zero point; integers become
   * wider ones by wires alone.
   */
  private static void converter(InventoryBuilder parts, DequantizedSpec spec, int instances) {
    Dequantizer conversion = new Dequantizer(spec);
    if (!(spec.weights() instanceof IntegerFormat integers)) {
      int bits = spec.weights().bits();
      long[] words =
          LongStream.range(0, 1L << bits).map(code -> word(conversion, spec, code)).toArray();
      parts.add(TABLE, "weight by table", table(spec, bits, words), instances);
    } else if (spec.operand() instanceof FloatFormat) {
      int bits = spec.zero() == DequantizedSpec.Zero.FUSED ? integers.bits() : integers.bits() + 1;
      boolean signed = integers.signed() || bits > integers.bits();
      long[] words =
          LongStream.range(0, 1L << bits)
              .map(i -> signed && i >> (bits - 1) == 1 ? i - (1L << bits) : i)
              .map(i -> conversion.number(i, -integers.fractionBits()))
              .toArray();
      parts.add(TABLE, "weight by table", table(spec, bits, words), instances);
    }
  }

  private static long word(Dequantizer conversion, DequantizedSpec spec, long code) {
    return spec.weights().isCode(code) ? conversion.operand(code, 0, 1) : 0;
  }

  private static ConstantTable table(DequantizedSpec spec, int addressBits, long[] words) {
    return ConstantTable.of(addressBits, spec.operand().bits(), words);
  }

  private static void scale(InventoryBuilder parts, FloatFormat real, boolean fused, int weights) {
    if (fused) {
      String what = "weight by scale and zero point";
      FloatParts.fusedMultiplyAdd(parts, QUANTIZER, QUANTIZER, QUANTIZER, what, real, weights);
    } else {
      FloatParts.multiplier(parts, QUANTIZER, "weight by scale", real, weights);
    }
  }
}
