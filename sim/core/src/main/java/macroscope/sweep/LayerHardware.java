package macroscope.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import macroscope.accuracy.Quantization;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.Delay;
import macroscope.cost.MissingPriceException;
import macroscope.hardware.Inventory;
import macroscope.machine.EnergyReport;
import macroscope.machine.Machine;
import macroscope.machine.Performance;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledDatapath;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;

/**
 * Time and cost of those layers of a design point that have one unit and one pair of formats, on an
 * array of that unit. Where the technology has delays, the clock is that of the machine or what the
 * unit's longest path allows, whichever is slower. Shared parts are divided among the units of the machine
 * as its file has it, also where a comparison scales it.
 *
 * @param spec the unit
 * @param units how many units stand against one of the reference; 1 where units are compared singly
 * @param performance of one batch of these layers
 * @param area of one unit, if everything in it has a price
 * @param pass energy of one pass of one unit, if everything in it has a price
 * @param energy of one batch of these layers, memories included, if they have prices too
 */
public record LayerHardware(
    UnitSpec spec,
    double units,
    Performance performance,
    Optional<CostReport> area,
    Optional<CostReport> pass,
    Optional<EnergyReport> energy) {

  /** Layers that are computed alike, with the name of the first. */
  record Alike(
      String first,
      DotProductUnit<?> unit,
      TensorFormat weights,
      TensorFormat activations,
      List<Gemm> gemms) {

    Inventory inventory(Machine machine) {
      return machine.placed(new ScaledDatapath(unit, activations, weights).inventory());
    }

    UnitShape shape() {
      ScaledDatapath datapath = new ScaledDatapath(unit, activations, weights);
      return new UnitShape(datapath.length(), datapath.pipeline());
    }
  }

  /**
   * The layers of a point, in the order of the first of each kind.
   *
   * @param base the datapath of layers that have none of their own
   * @throws IllegalArgumentException naming the first layer that runs on no unit
   */
  static List<Alike> layers(DesignPoint point, DotProductUnit<?> base) {
    if (point.layers().isEmpty()) {
      return List.of(
          new Alike("", base, point.weights(), point.activations(), point.workload().gemms()));
    }
    Quantization all = point.quantization(base);
    Map<List<Object>, Alike> kinds = new LinkedHashMap<>();
    for (ProductLayer layer : point.workload().products()) {
      Quantization own = all.of(layer.name());
      UnitSpec spec =
          own.unit()
              .map(DotProductUnit::spec)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "layer " + layer.name() + " runs on exact sums, which have no price"));
      Alike alike =
          kinds.computeIfAbsent(
              List.of(spec, own.weights(), own.activations()),
              any ->
                  new Alike(
                      layer.name(),
                      spec.equals(base.spec()) ? base : Units.create(spec),
                      own.weights(),
                      own.activations(),
                      new ArrayList<>()));
      for (int matrix = 0; matrix < layer.matrices(); matrix++) {
        alike.gemms().add(layer.gemm());
      }
    }
    return List.copyOf(kinds.values());
  }

  /**
   * The hardware of layers that are computed alike.
   *
   * @param units how many units stand against one of the reference, by shape and clocked machine
   * @param area of one unit
   * @param missing is told what has no price, with the layer where a point has several kinds
   */
  static LayerHardware of(
      DesignPoint point,
      Alike layers,
      UnitsCompared units,
      Optional<CostReport> area,
      List<String> missing) {
    CostModel model = new CostModel(point.technology());
    Inventory inventory = layers.inventory(point.machine());
    Optional<CostReport> pass = priced(layers, () -> model.energyPerPass(inventory), missing);
    Optional<Delay> delay = model.delay(inventory);
    Machine machine = delay.map(d -> point.machine().atMost(d.megahertz())).orElse(point.machine());
    UnitShape shape = layers.shape();
    double compared = units.of(shape, machine);
    Performance performance = performance(layers, shape, machine.scaled(compared));
    Optional<EnergyReport> energy =
        pass.flatMap(p -> priced(layers, () -> EnergyReport.of(performance, p, model), missing));
    return new LayerHardware(layers.unit().spec(), compared, performance, area, pass, energy);
  }

  /** How many units stand against one of the reference. */
  interface UnitsCompared {
    double of(UnitShape shape, Machine limited);
  }

  private static Performance performance(Alike layers, UnitShape shape, Machine machine) {
    int accumulatorBits = layers.unit().partialSumBits();
    return Performance.of(
        machine,
        shape,
        gemm ->
            StorageBits.of(
                layers.unit().spec(),
                layers.activations(),
                layers.weights(),
                accumulatorBits,
                gemm),
        layers.gemms());
  }

  /** A report, or nothing where a price is missing; which one is told, with the layer. */
  static <T> Optional<T> priced(Alike layers, Supplier<T> report, List<String> missing) {
    try {
      return Optional.of(report.get());
    } catch (MissingPriceException e) {
      String layer = layers.first().isEmpty() ? "" : "layer " + layers.first() + ": ";
      missing.add(layer + e.getMessage());
      return Optional.empty();
    }
  }

  /** Energy of the unit for each multiply-accumulate. */
  Optional<Double> unitPicojoulesPerMac() {
    return pass.map(p -> p.total() / performance.unit().length());
  }
}
