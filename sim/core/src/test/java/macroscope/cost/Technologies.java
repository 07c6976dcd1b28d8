package macroscope.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;

/** Price lists for tests. */
public final class Technologies {

  private Technologies() {}

  /** A price that nothing depends on but its value. */
  public static Price price(double value, String unit) {
    return new Price(value, unit, "test node", 1, "a test", Provenance.MEMORY);
  }

  /** Every part costs 1 pJ a size and a use, and 2 um2 a size; SRAM 1 pJ a bit at any size; DRAM 10. */
  public static TechnologyNode complete() {
    return new TechnologyNode(
        "complete",
        "test node",
        1,
        "prices for tests",
        Map.of(Quantity.ENERGY, table("pJ", 1), Quantity.AREA, table("um2", 2)),
        new MemoryPrices(
            Optional.of(
                new SramPrices(
                    List.of(
                        new SramPrices.Point(1 << 10, price(1, "pJ")),
                        new SramPrices.Point(1 << 20, price(1, "pJ"))))),
            Optional.of(price(10, "pJ")),
            Optional.empty()),
        List.of());
  }

  /** Energies of adders alone; no areas and no memories. */
  public static TechnologyNode addersOnly() {
    Map<String, PriceLaw> laws = Map.of("adder", law("pJ", 1));
    return new TechnologyNode(
        "adders",
        "test node",
        1,
        "prices for tests",
        Map.of(Quantity.ENERGY, new PriceTable("pJ", laws)),
        MemoryPrices.NONE,
        List.of());
  }

  private static PriceTable table(String unit, double value) {
    Map<String, PriceLaw> laws = new HashMap<>();
    Component.KINDS.forEach(kind -> laws.put(kind, law(unit, value)));
    return new PriceTable(unit, laws);
  }

  private static PriceLaw law(String unit, double value) {
    return new PriceLaw(List.of(new PriceLaw.Term(Feature.SIZE, price(value, unit))));
  }
}
