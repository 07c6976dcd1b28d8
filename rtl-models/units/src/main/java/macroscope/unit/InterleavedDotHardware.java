package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Component.Register;
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
    toBinary16(parts, "a", spec.a(), spec.length() / 2);
    toBinary16(parts, "b", spec.b(), spec.length() / 2);
    parts.working(1, 1);
    FloatParts.adder(parts, Role.ACCUMULATOR, "addend", spec.accumulator(), 1);
    parts.add(Role.ACCUMULATOR, "addend register", new Register(spec.accumulator().bits()));
    return new Inventory(
        Stream.concat(
                parts.build().lines().stream(),
                FusedDotHardware.inventory(spec.dot()).lines().stream())
            .toList());
  }

  private static void toBinary16(
      InventoryBuilder parts, String operand, FloatFormat format, int instances) {
    String what = "operand " + operand + " to binary16";
    FloatParts.converter(parts, Role.MULTIPLIER, what, format, Formats.BINARY16, instances);
  }

  /** The stages of the fused datapath, which both halves enter, between conversion and addition. */
  public static Pipeline pipeline(InterleavedDotSpec spec) {
    Pipeline dot = FusedDotHardware.pipeline(spec.dot());
    List<String> stages = new ArrayList<>(List.of("convert"));
    stages.addAll(dot.stages());
    stages.add("add addend");
    return Pipeline.singleStage(stages, dot.initiationInterval());
  }
}
