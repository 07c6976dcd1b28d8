package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.ALIGNER_AND_TREE;
import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.PositFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;

/** What a unit of {@link MacSpec} is built from. */
public final class MacHardware {

  /** Products over which steps done once an output are spread at most: K of a 4096-wide layer. */
  private static final int PRODUCTS_PER_OUTPUT = 4096;

  private MacHardware() {}

  public static Inventory inventory(MacSpec spec) {
    InventoryBuilder parts = new InventoryBuilder();
    if (spec.accumulation() instanceof Accumulation.FloatChain) {
      chain(parts, spec);
    } else {
      products(parts, spec);
      accumulate(parts, spec);
    }
    return parts.build();
  }

  /** A chain of additions takes a cycle a product, everything else a pass a cycle. */
  public static Pipeline pipeline(MacSpec spec) {
    return spec.accumulation() instanceof Accumulation.FloatChain
        ? Pipeline.singleStage(List.of("multiply", "add", "normalise", "round"), spec.length())
        : Pipeline.singleStage(List.of("multiply", "shift", "accumulate", "convert"), 1);
  }

  /** One multiplication and one adder, which the products of a pass go through one by one. */
  private static void chain(InventoryBuilder parts, MacSpec spec) {
    Multiplication multiplication = spec.multiplication();
    parts.working(spec.length(), 1);
    registers(parts, multiplication, 1);
    multiplication.addParts(parts, 1);
    FloatFormat sum = Formats.BINARY32;
    if (!multiplication.normalised()) {
      int bits = multiplication.significandBits();
      int rounded = bits > FloatWidths.significand(sum) ? FloatWidths.significand(sum) : 0;
      FloatParts.normaliser(parts, MULTIPLIER, "product to float", bits, sum, rounded, 1);
    }
    FloatParts.adder(parts, ACCUMULATOR, "accumulation", sum, 1);
    parts.add(ACCUMULATOR, "accumulator register", new Register(sum.bits()));
    parts.add(CONTROL, "first-pass flag", new Register(1));
  }

  private static void registers(InventoryBuilder parts, Multiplication multiplication, int count) {
    int bits = multiplication.a().bits() + multiplication.b().bits();
    parts.add(STORAGE, "operand registers", new Register(bits), count);
  }

  /** Products in two's complement fixed point. */
  private static void products(InventoryBuilder parts, MacSpec spec) {
    Multiplication multiplication = spec.multiplication();
    registers(parts, multiplication, spec.length());
    multiplication.addParts(parts, spec.length());
    int bits = multiplication.productBits();
    if (multiplication.maxShift() > 0) {
      Shifter shifter =
          new Shifter(multiplication.significandBits(), multiplication.maxShift(), bits);
      parts.add(ALIGNER_AND_TREE, "product shifter", shifter, spec.length());
    }
    if (multiplication.signMagnitude()) {
      parts.add(ALIGNER_AND_TREE, "product sign", new Negator(bits), spec.length());
    }
  }

  private static void accumulate(InventoryBuilder parts, MacSpec spec) {
    int product = spec.multiplication().width();
    if (spec.accumulation() instanceof Accumulation.Promoted sum) {
      register(parts, spec, product - sum.productShift(), sum.bits(), sum.saturating());
      parts.working(spec.length(), sum.every());
      FloatFormat real = Formats.BINARY32;
      int rounded = FloatWidths.significand(real);
      FloatParts.normaliser(parts, QUANTIZER, "chain to float", sum.bits(), real, rounded, 1);
      FloatParts.adder(parts, ACCUMULATOR, "sum of chains", real, 1);
      parts.working(1, 1);
      parts.add(ACCUMULATOR, "result register", new Register(real.bits()));
    } else if (spec.accumulation() instanceof Accumulation.IntegerSum sum) {
      register(parts, spec, product, sum.bits(), sum.saturating());
    } else if (spec.accumulation() instanceof Accumulation.FixedPoint sum) {
      add(parts, spec, product, sum.bits(), false);
      int guard = Math.min(Widths.ceilLog2(PRODUCTS_PER_OUTPUT), sum.bits() - product);
      parts.working(spec.length(), Math.max(spec.length(), 1 << guard));
      convert(parts, sum, spec.multiplication().unit());
      parts.working(1, 1);
      hold(parts, sum.bits());
    }
  }

  private static void register(
      InventoryBuilder parts, MacSpec spec, int product, int bits, boolean saturating) {
    add(parts, spec, product, bits, saturating);
    hold(parts, bits);
  }

  private static void add(
      InventoryBuilder parts, MacSpec spec, int product, int bits, boolean saturating) {
    parts.addTree(ALIGNER_AND_TREE, "adder tree", spec.length(), product, 1, 1);
    parts.add(ACCUMULATOR, "accumulator adder", new Adder(bits));
    if (saturating) {
      parts.add(ACCUMULATOR, "saturation", new Multiplexer(2, bits));
    }
  }

  private static void hold(InventoryBuilder parts, int bits) {
    parts.add(ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(CONTROL, "first-pass flag", new Register(1));
  }

  /** Once a sum, from what the accumulator is about to hold. A posit is packed by a shift that puts its regime in front, then rounded. */
  private static void convert(InventoryBuilder parts, Accumulation.FixedPoint sum, int unit) {
    int bits = sum.bits();
    if (sum.output() instanceof FloatFormat output) {
      PlacedNumber number = PlacedNumber.of(bits, unit);
      new Normaliser(number, output, FloatWidths.significand(output), true)
          .addTo(parts, QUANTIZER, "conversion");
    } else if (sum.output() instanceof PositFormat output) {
      int width = output.bits();
      parts.add(QUANTIZER, "conversion: magnitude", new Negator(bits));
      parts.add(QUANTIZER, "conversion: leading zeros", new LeadingZeroCounter(bits));
      parts.add(QUANTIZER, "conversion: normalising shifter", new Shifter(bits, bits - 1));
      parts.add(QUANTIZER, "posit encoder: regime shifter", new Shifter(width, width - 1));
      parts.add(QUANTIZER, "posit encoder: rounding", new Adder(width));
      parts.add(QUANTIZER, "posit encoder: sign", new Negator(width));
    }
    parts.add(QUANTIZER, "result register", new Register(sum.output().bits()));
  }
}
