package macroscope.sweep;

import java.util.Optional;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.TechnologyNode;
import macroscope.fpga.FpgaDevice;
import macroscope.hardware.Inventory;
import macroscope.machine.Comparison;
import macroscope.machine.Machine;
import macroscope.machine.UnitShape;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * What units are measured by.
 *
 * @param comparison one unit against one, or as many as have the throughput or the area of the
 *     reference
 * @param reference the unit to compare with; needed unless units are compared singly
 * @param device a programmable device that units are to fit, if one is asked for
 */
public record Yardstick(
    Comparison comparison, Optional<UnitSpec> reference, Optional<FpgaDevice> device) {

  /** Where the throughput decides, areas play no part and any positive number will do. */
  private static final double ANY_AREA = 1;

  public Yardstick {
    if (comparison != Comparison.PER_UNIT && reference.isEmpty()) {
      throw new IllegalArgumentException("a comparison at equal size needs a reference unit");
    }
  }

  /** Each unit for itself. */
  public static Yardstick perUnit(Optional<FpgaDevice> device) {
    return new Yardstick(Comparison.PER_UNIT, Optional.empty(), device);
  }

  /**
   * Units of a design that stand against one unit of the reference in an array of the same machine. At
   * equal throughput each runs at its own clock: that of the machine, or what its longest path allows.
   *
   * @param machine with its own clock
   * @param limited the same at the clock of the design
   * @throws macroscope.cost.MissingPriceException if areas are compared and the reference has none
   * @throws IllegalArgumentException if areas are compared and the design has none
   */
  double units(
      UnitShape design,
      Optional<CostReport> area,
      Machine machine,
      Machine limited,
      TechnologyNode technology) {
    if (comparison == Comparison.PER_UNIT) {
      return 1;
    }
    DotProductUnit<?> unit = Units.create(reference.orElseThrow());
    double referenceMacs = new UnitShape(unit.length(), unit.pipeline()).macsPerCycle();
    CostModel model = new CostModel(technology);
    Inventory parts = machine.placed(unit.inventory());
    if (comparison == Comparison.EQUAL_THROUGHPUT) {
      double clock =
          model
              .delay(parts)
              .map(delay -> machine.atMost(delay.megahertz()))
              .orElse(machine)
              .clockMegahertz();
      return comparison.units(
          new Comparison.Unit(design.macsPerCycle() * limited.clockMegahertz(), ANY_AREA),
          new Comparison.Unit(referenceMacs * clock, ANY_AREA));
    }
    double referenceArea = model.area(parts).total();
    double designArea =
        area.map(CostReport::total)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "units cannot be compared at equal area: technology "
                            + technology.name()
                            + " has no area for them"));
    return comparison.units(
        new Comparison.Unit(design.macsPerCycle(), designArea),
        new Comparison.Unit(referenceMacs, referenceArea));
  }
}
