package macroscope.unit;

import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;
import static macroscope.hardware.Role.TABLE;

import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;

/**
 * What converts the weights of a pass: for each a subtraction of its zero point, an integer or float
 * to float converter or a table, and a multiplier for its scale. Units that meet the same weights
 * share it.
 */
final class DequantizerHardware {

  private DequantizerHardware() {}

  static Inventory inventory(DequantizedSpec spec, DotProductUnit<?> unit) {
    InventoryBuilder parts = new InventoryBuilder();
    int weights = weights(spec.unit(), unit.length());
    parts.add(STORAGE, "weight registers", new Register(spec.weights().bits()), weights);
    boolean fused = spec.zero() == DequantizedSpec.Zero.FUSED;
    if (spec.weights() instanceof IntegerFormat integers && !fused) {
      parts.add(QUANTIZER, "zero point", new Adder(integers.bits() + 1), weights);
    }
    converter(parts, spec.weights(), spec.operand(), weights);
    if (spec.scale() != DequantizedSpec.Scale.AFTER) {
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

  /** Integers become wider ones by wires alone. */
  private static void converter(
      InventoryBuilder parts, NumberFormat from, NumberFormat to, int instances) {
    if (to instanceof FloatFormat real && from instanceof IntegerFormat integers) {
      int bits = integers.bits() + 1;
      int rounded = bits > FloatWidths.significand(real) + 1 ? FloatWidths.significand(real) : 0;
      FloatParts.normaliser(parts, QUANTIZER, "weight to float", bits, real, rounded, instances);
    } else if (to instanceof FloatFormat real && from instanceof FloatFormat small) {
      FloatParts.converter(parts, QUANTIZER, "weight to float", small, real, instances);
    } else if (!(from instanceof IntegerFormat)) {
      Multiplexer table = new Multiplexer(1 << from.bits(), to.bits());
      parts.add(TABLE, "weight by table", table, instances);
    }
  }

  private static void scale(InventoryBuilder parts, FloatFormat real, boolean fused, int weights) {
    parts.add(STORAGE, "scale register", new Register(real.bits()));
    if (fused) {
      parts.add(STORAGE, "zero point register", new Register(real.bits()));
      String what = "weight by scale and zero point";
      FloatParts.fusedMultiplyAdd(parts, QUANTIZER, QUANTIZER, QUANTIZER, what, real, weights);
    } else {
      FloatParts.multiplier(parts, QUANTIZER, "weight by scale", real, weights);
    }
  }
}
