package macroscope.fpga;

import java.util.OptionalDouble;
import macroscope.cost.CostModel;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;

/**
 * How fast a device's lookup tables and wires are: delays that were measured on the fabric of another
 * family, and how many times as fast the same design is on this one. The number of steps stays that of
 * the former, so that this is a scaled prediction and no measurement.
 *
 * @param technology delays of parts in the fabric that was measured
 * @param speed of this device against it, above 0
 */
public record FabricClock(TechnologyNode technology, double speed) {

  public FabricClock {
    if (technology.delay().isEmpty()) {
      throw new IllegalArgumentException(
          "technology of a fabric must price delays: " + technology.name());
    }
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("speed must be finite and above 0: " + speed);
    }
  }

  /**
   * The fastest clock of the logic of a bill, in megahertz; empty if it has none. Hard blocks have registers
   * of their own, so that paths end there.
   */
  public OptionalDouble megahertz(Inventory parts) {
    Inventory logic =
        new Inventory(
            parts.lines().stream()
                .filter(line -> !Component.HARD_KINDS.contains(line.component().kind()))
                .toList());
    boolean combinational =
        logic.lines().stream().anyMatch(l -> !(l.component() instanceof Component.Register));
    return combinational
        ? new CostModel(technology)
            .delay(logic).stream().mapToDouble(delay -> delay.megahertz() * speed).findFirst()
        : OptionalDouble.empty();
  }
}
