package macroscope.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.Delay;
import macroscope.cost.MissingPriceException;
import macroscope.cost.Price;
import macroscope.cost.Quantity;
import macroscope.fpga.DeviceFit;
import macroscope.hardware.Inventory;
import macroscope.machine.EnergyReport;
import macroscope.machine.Machine;
import macroscope.machine.Performance;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LookupCounts;
import macroscope.unit.ScaledDatapath;
import macroscope.unit.SramTableSpec;
import macroscope.unit.SramTableUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Time and cost of a design point. Where the technology has delays, the clock is that of the machine or
 * what the unit's longest path allows, whichever is slower. Shared parts are divided among the units of the machine as its file
 * has it, also where a comparison scales it. What has no price in the technology is empty, and {@code missing}
 * says why.
 *
 * @param units how many units stand against one of the reference; 1 where units are compared singly
 * @param performance of one batch on the machine
 * @param delay the unit's longest path, if the technology has delays
 * @param unitArea area of one unit
 * @param pass energy of one pass of one unit
 * @param energy energy of one batch, memories included
 * @param fit how many units fit the device that is asked for
 * @param missing what has no price or no place, one message each
 */
public record Hardware(
    double units,
    Performance performance,
    Optional<Delay> delay,
    Optional<CostReport> unitArea,
    Optional<CostReport> pass,
    Optional<EnergyReport> energy,
    Optional<DeviceFit> fit,
    List<String> missing) {

  public Hardware {
    missing = List.copyOf(missing);
  }

  /**
   * The hardware of a point whose units are compared as {@code yardstick} says.
   *
   * @param lookups what lookups did when the network ran, in a unit whose time and energy depend on it;
   *     empty before
   */
  public static Hardware of(
      DesignPoint point, Yardstick yardstick, Optional<LookupCounts> lookups) {
    DotProductUnit<?> unit = unit(point.unit(), lookups);
    ScaledDatapath datapath = new ScaledDatapath(unit, point.activations(), point.weights());
    CostModel model = new CostModel(point.technology());
    Inventory inventory = point.machine().placed(datapath.inventory());
    List<String> missing = new ArrayList<>();
    Optional<CostReport> area = priced(() -> model.area(inventory), missing);
    Optional<CostReport> pass = priced(() -> model.energyPerPass(inventory), missing);
    UnitShape shape = new UnitShape(datapath.length(), datapath.pipeline());
    Optional<Delay> delay = model.delay(inventory);
    Machine machine = delay.map(d -> point.machine().atMost(d.megahertz())).orElse(point.machine());
    double units = yardstick.units(shape, area, point.machine(), machine, point.technology());
    Performance performance = performance(point, unit, shape, machine.scaled(units));
    Optional<EnergyReport> energy =
        pass.flatMap(p -> priced(() -> EnergyReport.of(performance, p, model), missing));
    Optional<DeviceFit> fit =
        yardstick
            .device()
            .flatMap(d -> priced(() -> DeviceFit.of(d, point.unit(), shape, inventory), missing));
    return new Hardware(units, performance, delay, area, pass, energy, fit, missing);
  }

  private static DotProductUnit<?> unit(UnitSpec spec, Optional<LookupCounts> lookups) {
    return lookups.isPresent() && spec instanceof SramTableSpec tables
        ? SramTableUnit.measured(tables, lookups.get())
        : Units.create(spec);
  }

  /** The prices that a quantity is computed from, those of memories included. */
  public Set<Price> prices(Quantity quantity) {
    Set<Price> prices = new LinkedHashSet<>();
    Optional<CostReport> parts = quantity == Quantity.AREA ? unitArea : pass;
    parts.ifPresent(report -> prices.addAll(report.prices()));
    if (quantity == Quantity.ENERGY) {
      energy.ifPresent(report -> prices.addAll(report.memoryPrices().values()));
    }
    return prices;
  }

  private static Performance performance(
      DesignPoint point, DotProductUnit<?> unit, UnitShape shape, Machine machine) {
    int accumulatorBits = unit.partialSumBits();
    return Performance.of(
        machine,
        shape,
        gemm ->
            StorageBits.of(
                point.unit(), point.activations(), point.weights(), accumulatorBits, gemm),
        point.workload().gemms());
  }

  private static <T> Optional<T> priced(Supplier<T> report, List<String> missing) {
    try {
      return Optional.of(report.get());
    } catch (MissingPriceException | DeviceFit.WrongDeviceException e) {
      missing.add(e.getMessage());
      return Optional.empty();
    }
  }
}
