package macroscope.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.MissingPriceException;
import macroscope.cost.Price;
import macroscope.cost.Quantity;
import macroscope.fpga.DeviceFit;
import macroscope.hardware.Role;
import macroscope.machine.EnergyReport;
import macroscope.machine.Performance;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LookupCounts;
import macroscope.unit.SramTableSpec;
import macroscope.unit.SramTableUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Time and cost of a design point. Where layers have units of their own, the chip has an array of each
 * unit that a layer uses, all fed by the same memories: layers run one after another, each on its unit's
 * array at that array's clock, while the others are clock-gated. So energies, cycles and times are sums
 * over layers, and areas are sums over the distinct units, one beside the other; a unit whose layers have
 * different scales is as large as the dearest of them asks. What has no price in the technology is
 * empty, and {@code missing} says why.
 *
 * @param layers one entry for layers that are computed alike; empty if a layer runs on no unit
 * @param distinctAreas of one of each unit
 * @param fit how many units fit the device that is asked for
 * @param missing what has no price or no place, one message each
 */
public record Hardware(
    List<LayerHardware> layers,
    Map<UnitSpec, CostReport> distinctAreas,
    Optional<DeviceFit> fit,
    List<String> missing) {

  public Hardware {
    layers = List.copyOf(layers);
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
    List<String> missing = new ArrayList<>();
    DotProductUnit<?> base = unit(point.unit(), lookups);
    List<LayerHardware.Alike> kinds;
    try {
      kinds = LayerHardware.layers(point, base);
    } catch (IllegalArgumentException e) {
      return new Hardware(
          List.of(), Map.of(), Optional.empty(), List.of(String.valueOf(e.getMessage())));
    }
    CostModel model = new CostModel(point.technology());
    Map<UnitSpec, CostReport> areas = new LinkedHashMap<>();
    List<Optional<CostReport>> each = new ArrayList<>();
    for (LayerHardware.Alike kind : kinds) {
      Optional<CostReport> area =
          LayerHardware.priced(kind, () -> model.area(kind.inventory(point.machine())), missing);
      area.ifPresent(a -> areas.merge(kind.unit().spec(), a, Hardware::larger));
      each.add(area);
    }
    boolean all = each.stream().allMatch(Optional::isPresent);
    Optional<CostReport> sum = all ? Optional.of(sum(areas.values())) : Optional.empty();
    List<LayerHardware> layers = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      LayerHardware.UnitsCompared units =
          (shape, limited) ->
              yardstick.units(shape, sum, point.machine(), limited, point.technology());
      layers.add(LayerHardware.of(point, kinds.get(i), units, each.get(i), missing));
    }
    return new Hardware(
        layers, all ? areas : Map.of(), fit(point, yardstick, kinds, missing), missing);
  }

  private static DotProductUnit<?> unit(UnitSpec spec, Optional<LookupCounts> lookups) {
    return lookups.isPresent() && spec instanceof SramTableSpec tables
        ? SramTableUnit.measured(tables, lookups.get())
        : Units.create(spec);
  }

  private static CostReport larger(CostReport one, CostReport other) {
    return other.total() > one.total() ? other : one;
  }

  private static CostReport sum(Iterable<CostReport> reports) {
    CostReport first = reports.iterator().next();
    List<CostReport.Line> lines = new ArrayList<>();
    reports.forEach(report -> lines.addAll(report.lines()));
    return new CostReport(first.quantity(), first.unit(), lines);
  }

  /** Units of several kinds would have to share a device, by a rule that nobody has given. */
  private static Optional<DeviceFit> fit(
      DesignPoint point,
      Yardstick yardstick,
      List<LayerHardware.Alike> kinds,
      List<String> missing) {
    if (yardstick.device().isEmpty()) {
      return Optional.empty();
    }
    if (!point.layers().isEmpty()) {
      missing.add("units of single layers are not fitted to a device");
      return Optional.empty();
    }
    LayerHardware.Alike only = kinds.get(0);
    try {
      return Optional.of(
          DeviceFit.of(
              yardstick.device().get(),
              point.unit(),
              only.shape(),
              only.inventory(point.machine())));
    } catch (MissingPriceException | DeviceFit.WrongDeviceException e) {
      missing.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** How many units stand against one of the reference, if that is one number. */
  public Optional<Double> units() {
    return layers.stream().map(LayerHardware::units).distinct().count() == 1
        ? Optional.of(layers.get(0).units())
        : Optional.empty();
  }

  /** Energy of a pass of the one unit of the point. */
  public Optional<CostReport> pass() {
    return layers.size() == 1 ? layers.get(0).pass() : Optional.empty();
  }

  /** Energy of the units for each multiply-accumulate, in picojoules: the mean over all of them. */
  public Optional<Double> unitPicojoulesPerMac() {
    return meanPerMac(LayerHardware::unitPicojoulesPerMac);
  }

  /** The part of {@link #unitPicojoulesPerMac} that a purpose takes. */
  public Optional<Double> unitPicojoulesPerMac(Role role) {
    return meanPerMac(l -> l.pass().map(p -> amount(p, role) / l.performance().unit().length()));
  }

  /** Area of one of each unit side by side. */
  public Optional<CostReport> unitArea() {
    return distinctAreas.isEmpty() ? Optional.empty() : Optional.of(sum(distinctAreas.values()));
  }

  /** Area of the units compared: as many of each as stand against one of the reference. */
  public Optional<Double> area() {
    if (distinctAreas.isEmpty()) {
      return Optional.empty();
    }
    double sum = 0;
    for (Map.Entry<UnitSpec, CostReport> one : distinctAreas.entrySet()) {
      sum += one.getValue().total() * units(one.getKey());
    }
    return Optional.of(sum);
  }

  private double units(UnitSpec spec) {
    return layers.stream()
        .filter(l -> l.spec().equals(spec))
        .mapToDouble(LayerHardware::units)
        .max()
        .orElseThrow();
  }

  /** The part of a report that a purpose takes. */
  private static double amount(CostReport report, Role role) {
    Map<Role, Double> sums = report.byRole();
    return sums.getOrDefault(role, 0.0);
  }

  /** Multiply-accumulates a cycle that are done when no unit is idle: over layers, the harmonic mean. */
  public Optional<Double> macsPerCycle() {
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    if (layers.size() == 1) {
      return Optional.of(layers.get(0).performance().unit().macsPerCycle());
    }
    double cycles = total(l -> l.performance().macs() / l.performance().unit().macsPerCycle());
    return Optional.of(macs() / cycles);
  }

  /** Multiply-accumulates of a batch. */
  private double macs() {
    return total(l -> l.performance().macs());
  }

  /** Cycles of a batch, each counted at the clock of its array. */
  public Optional<Double> cycles() {
    return sum(l -> Optional.of((double) l.performance().cycles()));
  }

  /** Seconds of a batch. */
  public Optional<Double> seconds() {
    return sum(l -> Optional.of(l.performance().seconds()));
  }

  /** The slowest clock of its arrays, in megahertz. */
  public Optional<Double> clockMegahertz() {
    return layers.stream()
        .map(l -> l.performance().machine().clockMegahertz())
        .min(Double::compare);
  }

  /** Multiply-accumulates done, as a fraction of those that the arrays could do while they work. */
  public Optional<Double> utilisation() {
    if (layers.size() < 2) {
      return layers.stream().map(l -> l.performance().utilisation()).findFirst();
    }
    return Optional.of(macs() / total(l -> possible(l.performance())));
  }

  private static double possible(Performance p) {
    return p.cycles() * p.machine().units() * p.unit().macsPerCycle();
  }

  /** Energy of a batch, memories included, in picojoules. */
  public Optional<Double> picojoules() {
    return sum(l -> l.energy().map(EnergyReport::totalPicojoules));
  }

  /** Energy for each multiply-accumulate, in picojoules: a part of each layer's report. */
  public Optional<Double> picojoulesPerMac(Function<EnergyReport, Double> part) {
    return sum(l -> l.energy().map(part)).map(picojoules -> picojoules / macs());
  }

  /** Mean over all multiply-accumulates; what all layers share is that, without a rounding. */
  private Optional<Double> meanPerMac(Function<LayerHardware, Optional<Double>> value) {
    return layers.size() == 1
        ? value.apply(layers.get(0))
        : sum(l -> value.apply(l).map(v -> v * l.performance().macs())).map(sum -> sum / macs());
  }

  private double total(ToDoubleFunction<LayerHardware> value) {
    return layers.stream().mapToDouble(value).sum();
  }

  /** The sum over all layers, if each has a value. */
  private Optional<Double> sum(Function<LayerHardware, Optional<Double>> value) {
    List<Double> values = layers.stream().flatMap(l -> value.apply(l).stream()).toList();
    return values.isEmpty() || values.size() < layers.size()
        ? Optional.empty()
        : Optional.of(values.stream().mapToDouble(Double::doubleValue).sum());
  }

  /** The prices that a quantity is computed from, those of memories included. */
  public Set<Price> prices(Quantity quantity) {
    Set<Price> prices = new LinkedHashSet<>();
    for (LayerHardware layer : layers) {
      Optional<CostReport> parts = quantity == Quantity.AREA ? layer.area() : layer.pass();
      parts.ifPresent(report -> prices.addAll(report.prices()));
      if (quantity == Quantity.ENERGY) {
        layer.energy().ifPresent(report -> prices.addAll(report.memoryPrices().values()));
      }
    }
    return prices;
  }
}
