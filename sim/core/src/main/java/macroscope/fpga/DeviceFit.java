package macroscope.fpga;

import java.util.Optional;
import macroscope.hardware.Inventory;
import macroscope.machine.UnitShape;
import macroscope.unit.DspSlice;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.UnitSpec;

/**
 * How many equal units fit a device, and what they multiply together. Units alone: memories that feed
 * them, and control, are for the rest of the device.
 *
 * @param device the device
 * @param unit what a machine sees of a unit
 * @param perUnit what one takes
 * @param units how many fit, as a whole number
 * @param binding what there would be too little of for one more
 * @param clock what they are clocked with
 */
public record DeviceFit(
    FpgaDevice device,
    UnitShape unit,
    Resources perUnit,
    long units,
    Resource binding,
    DesignClock clock) {

  /**
   * The fit of a unit.
   *
   * @param parts of one unit
   * @throws WrongDeviceException if the device has no DSP slices of the kind that it needs
   * @throws IllegalArgumentException if the unit takes nothing
   * @throws macroscope.cost.MissingPriceException if logic has no price in the device's technology
   */
  public static DeviceFit of(FpgaDevice device, UnitSpec spec, UnitShape unit, Inventory parts) {
    requireSlices(device, spec);
    Resources perUnit = new FpgaCost(device, RamStyle.AUTO).of(parts);
    Resources capacity = device.capacity();
    Optional<Resource> binding = Optional.empty();
    double most = Double.POSITIVE_INFINITY;
    for (Resource resource : perUnit.amounts().keySet()) {
      double units = Math.floor(capacity.get(resource) / perUnit.get(resource));
      if (units < most) {
        most = units;
        binding = Optional.of(resource);
      }
    }
    return new DeviceFit(
        device,
        unit,
        perUnit,
        (long) most,
        binding.orElseThrow(
            () -> new IllegalArgumentException("a unit must take something: " + spec.name())),
        device.clock(parts));
  }

  private static void requireSlices(FpgaDevice device, UnitSpec spec) {
    Optional<DspSlice> wanted = slice(spec);
    if (wanted.isPresent() && !device.dsp().does(wanted.get())) {
      throw new WrongDeviceException(
          device.name() + " has " + device.dsp() + ", not " + wanted.get() + ": " + spec.name());
    }
  }

  /** A unit needs what a device does not have. */
  public static final class WrongDeviceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    WrongDeviceException(String message) {
      super(message);
    }
  }

  private static Optional<DspSlice> slice(UnitSpec spec) {
    if (spec instanceof PackedMacSpec packed) {
      return Optional.of(packed.packing().slice());
    }
    return spec.base().flatMap(DeviceFit::slice);
  }

  /** What all units take. */
  public Resources taken() {
    return perUnit.times(units);
  }

  /** Multiply-accumulates a second of all units together, never idle. */
  public double macsPerSecond() {
    return units * unit.macsPerCycle() * clock.megahertz() * 1e6;
  }
}
