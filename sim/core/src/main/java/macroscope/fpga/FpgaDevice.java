package macroscope.fpga;

import java.util.Optional;
import java.util.OptionalDouble;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Inventory;
import macroscope.unit.DspSlice;

/**
 * A programmable device and how much of it a design may take.
 *
 * @param name as files and reports name it
 * @param part ordering name of the part or card
 * @param dsp its DSP slices
 * @param available what it has
 * @param usable fractions of it that designs fill without failing to route or to meet their clock
 * @param clockMegahertz clock of a design, above 0
 * @param technology prices of logic in six-input lookup tables
 * @param fabric delays of its logic; empty if nothing predicts them, and designs get the clock asked for
 */
public record FpgaDevice(
    String name,
    String part,
    DspSlice dsp,
    Resources available,
    Resources usable,
    double clockMegahertz,
    TechnologyNode technology,
    Optional<FabricClock> fabric) {

  /** The unit of areas that logic of a device is priced in. */
  public static final String AREA_UNIT = "LUT6";

  public FpgaDevice {
    for (Resource resource : Resource.values()) {
      if (usable.get(resource) > 1) {
        throw new IllegalArgumentException(
            "usable fraction of " + resource + " must be at most 1: " + usable.get(resource));
      }
    }
    if (!(clockMegahertz > 0 && clockMegahertz < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "clock megahertz must be finite and above 0: " + clockMegahertz);
    }
    if (!technology.area().map(table -> table.unit().equals(AREA_UNIT)).orElse(false)) {
      throw new IllegalArgumentException(
          "technology of a device must price areas in " + AREA_UNIT + ": " + technology.name());
    }
  }

  /** The clock of a design made of these parts. */
  public DesignClock clock(Inventory parts) {
    return new DesignClock(
        clockMegahertz, fabric.map(f -> f.megahertz(parts)).orElse(OptionalDouble.empty()));
  }

  /** What a design may take. */
  public Resources capacity() {
    return available.scaledBy(usable);
  }
}
