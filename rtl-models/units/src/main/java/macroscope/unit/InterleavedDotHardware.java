package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;

/**
 * What an interleaved dot product is built from: one fused datapath for binary16 operands that both
 * halves of a pass go through, converters before it and an adder behind it.
 */
public final class InterleavedDotHardware {

  private InterleavedDotHardware() {}

  public static Inventory inventory(InterleavedDotSpec spec) {
    InventoryBuilder parts = new InventoryBuilder().working(2, 1);
    converters(parts, "a", spec.a(), spec.length() / 2);
    converters(parts, "b", spec.b(), spec.length() / 2);
    parts.working(1, 1);
    FloatParts.adder(parts, Role.ACCUMULATOR, "addend", spec.accumulator(), 1);
    parts.add(Role.ACCUMULATOR, "addend register", new Register(spec.accumulator().bits()));
    return new Inventory(
        Stream.concat(
                parts.build().lines().stream(),
                FusedDotHardware.inventory(spec.dot()).lines().stream())
            .toList());
  }

  /**
   * To binary16: another bias takes an adder of its five exponent bits, and subnormals that become
   * normal are shifted by up to all of their fraction bits. A format with the exponents of binary16
   * (e5m2) needs neither.
   */
  private static void converters(
      InventoryBuilder parts, String operand, FloatFormat format, int instances) {
    if (format.bias() == Formats.BINARY16.bias()) {
      return;
    }
    String what = "operand " + operand + " to binary16: ";
    Adder bias = new Adder(Formats.BINARY16.exponentBits());
    parts.add(Role.MULTIPLIER, what + "exponent", bias, instances);
    int fraction = format.fractionBits();
    if (format.subnormals() && fraction > 0) {
      LeadingZeroCounter zeros = new LeadingZeroCounter(fraction);
      parts.add(Role.MULTIPLIER, what + "leading zeros", zeros, instances);
      Shifter shifter = new Shifter(fraction, fraction);
      parts.add(Role.MULTIPLIER, what + "normalising shifter", shifter, instances);
    }
  }

  /** The stages of the fused datapath, which both halves enter, between conversion and addition. */
  public static Pipeline pipeline(InterleavedDotSpec spec) {
    Pipeline dot = FusedDotHardware.pipeline(spec.dot());
    List<String> stages = new ArrayList<>(List.of("convert"));
    stages.addAll(dot.stages());
    stages.add("add addend");
    return new Pipeline(stages, dot.initiationInterval());
  }
}
