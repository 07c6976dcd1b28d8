package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.DeviceFile;
import macroscope.config.TechnologyFile;
import macroscope.cost.MissingPriceException;
import macroscope.fpga.DesignClock;
import macroscope.fpga.DeviceFit;
import macroscope.fpga.Resource;
import macroscope.input.InputException;
import macroscope.machine.UnitShape;
import macroscope.report.Listing;
import macroscope.unit.DotProductUnit;

/** How many of a unit fit programmable devices. */
final class DeviceListing {

  private static final double GIGA = 1e9;

  private DeviceListing() {}

  /**
   * A row a device.
   *
   * @throws InputException if there is no such device, or the unit cannot be built on it
   */
  static Listing of(DotProductUnit<?> unit, List<String> devices) {
    List<String> columns = new ArrayList<>(List.of("device"));
    for (Resource resource : Resource.values()) {
      columns.add(lower(resource) + "_per_unit");
    }
    columns.addAll(
        List.of(
            "units", "binding", "clock_mhz", "clock_limit", "logic_mhz", "throughput_gmac_per_s"));
    return new Listing(columns, devices.stream().map(name -> row(unit, name)).toList());
  }

  private static List<Object> row(DotProductUnit<?> unit, String name) {
    DeviceFit fit = fit(unit, name);
    List<Object> row = new ArrayList<>(List.of(fit.device().name()));
    for (Resource resource : Resource.values()) {
      row.add(rounded(fit.perUnit().get(resource)));
    }
    row.add(fit.units());
    row.add(lower(fit.binding()));
    DesignClock clock = fit.clock();
    row.add(rounded(clock.megahertz()));
    row.add(clock.limitedByLogic() ? "logic" : "device");
    row.add(clock.logic().isPresent() ? rounded(clock.logic().getAsDouble()) : "");
    row.add(rounded(fit.macsPerSecond() / GIGA));
    return row;
  }

  private static DeviceFit fit(DotProductUnit<?> unit, String name) {
    UnitShape shape = new UnitShape(unit.length(), unit.pipeline());
    try {
      return DeviceFit.of(DeviceFile.find(name).device(), unit.spec(), shape, unit.inventory());
    } catch (IllegalArgumentException | MissingPriceException e) {
      throw new InputException("--device", String.valueOf(e.getMessage()), e);
    }
  }

  /** Where the predicted clock of logic comes from, for people; empty if the device's file has none. */
  static Optional<String> clockSource(DeviceFile file) {
    return file.fabric().map(fabric -> clockSource(file, fabric));
  }

  private static String clockSource(DeviceFile file, DeviceFile.Fabric fabric) {
    String errors =
        TechnologyFile.find(fabric.technology().value()).fits().stream()
            .findFirst()
            .map(
                fit ->
                    String.format(
                        Locale.ROOT,
                        " (mean error %.1f %%, kinds of units left out %.1f %%)",
                        100 * fit.meanError(),
                        100 * fit.unitLeftOut()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s: clock of logic by the delays of %s%s times %s, scaled and not measured (%s)",
        file.name(),
        fabric.technology().value(),
        errors,
        fabric.speed().value(),
        file.cited(fabric.speed()));
  }

  /** To four digits behind the point: enough for a fraction of a slice. */
  static double rounded(double number) {
    return Math.rint(number * 1e4) / 1e4;
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
