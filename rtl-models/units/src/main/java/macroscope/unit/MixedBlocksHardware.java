package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;
import static macroscope.hardware.Role.CONTROL;

import java.util.List;
import java.util.stream.Stream;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;

/**
 * Two arrays side by side, one of which works at a time: each is charged its whole area, and the work of
 * its share of blocks. A tensor core that splits its multipliers has less area.
 */
final class MixedBlocksHardware {

  private MixedBlocksHardware() {}

  private static int passes(MixedBlocksSpec spec, DotProductUnit<?> unit) {
    return (spec.block() + unit.length() - 1) / unit.length();
  }

  /** Blocks of a pass follow each other, each in as many passes as its array needs. */
  static Pipeline pipeline(MixedBlocksSpec spec, DotProductUnit<?> high, DotProductUnit<?> low) {
    int few = spec.share().of() - spec.share().high();
    long cycles =
        (long) spec.share().high() * passes(spec, high) * high.pipeline().initiationInterval()
            + (long) few * passes(spec, low) * low.pipeline().initiationInterval();
    List<String> stages =
        (spec.share().high() > 0 ? high : low).pipeline().then("add sum of block").stages();
    return new Pipeline(stages, Math.toIntExact(cycles));
  }

  static Inventory inventory(MixedBlocksSpec spec, DotProductUnit<?> high, DotProductUnit<?> low) {
    int blocks = spec.share().of();
    int wide = spec.share().high();
    InventoryBuilder parts = new InventoryBuilder().working(blocks, 1);
    int bits = low.accumulatorFormat().bits();
    parts.add(ACCUMULATOR, "sum of blocks", new Adder(bits));
    parts.add(ACCUMULATOR, "sum of blocks register", new Register(bits));
    parts.add(CONTROL, "width of block", new Register(1));
    return new Inventory(
        Stream.of(
                working(high, spec.wide().bits(), wide * passes(spec, high)),
                working(low, spec.narrow().bits(), (blocks - wide) * passes(spec, low)),
                parts.build().lines().stream())
            .flatMap(lines -> lines)
            .toList());
  }

  /** The parts of an array that makes so many passes in one of the unit. */
  private static Stream<Inventory.Line> working(DotProductUnit<?> array, int bits, int passes) {
    return array.inventory().within(" of " + bits + " bits", passes).lines().stream();
  }
}
