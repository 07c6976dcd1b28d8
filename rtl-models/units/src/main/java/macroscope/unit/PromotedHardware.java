package macroscope.unit;

import static macroscope.hardware.Role.ACCUMULATOR;

import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;

/**
 * What promotion adds to a unit: a binary32 adder that works once an interval and the register of its
 * sum, which the unit's own accumulator does not replace.
 */
final class PromotedHardware {

  private PromotedHardware() {}

  static Inventory inventory(PromotedSpec spec, DotProductUnit<?> unit) {
    InventoryBuilder parts = new InventoryBuilder().working(unit.length(), spec.interval());
    FloatParts.adder(parts, ACCUMULATOR, "promotion", Formats.BINARY32, 1);
    parts.add(ACCUMULATOR, "promoted sum register", new Register(Formats.BINARY32.bits()));
    return new Inventory(
        Stream.concat(unit.inventory().lines().stream(), parts.build().lines().stream()).toList());
  }
}
