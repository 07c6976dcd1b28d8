package macroscope.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;

/**
 * Prices inventories in one technology. Area is what the parts cost; the energy of a pass is what
 * each part costs for a use, times its uses in the pass.
 *
 * @param technology the price list
 */
public record CostModel(TechnologyNode technology) {

  /**
   * Area of one unit, in the unit of the technology's areas.
   *
   * @throws MissingPriceException if a part has no area there
   */
  public CostReport area(Inventory inventory) {
    return report(Quantity.AREA, inventory);
  }

  /**
   * Energy of one pass of one unit, in picojoules.
   *
   * @throws MissingPriceException if a part has no energy there
   */
  public CostReport energyPerPass(Inventory inventory) {
    return report(Quantity.ENERGY, inventory);
  }

  /**
   * Energy of one bit read from or written to an on-chip memory of {@code bytes} bytes.
   *
   * @throws MissingPriceException if the technology prices no SRAM
   */
  public Price sramPerBit(long bytes) {
    return technology.sram().orElseThrow(() -> missing("sram", Quantity.ENERGY)).perBit(bytes);
  }

  /**
   * Energy of one bit to or from external memory.
   *
   * @throws MissingPriceException if the technology prices no DRAM
   */
  public Price dramPerBit() {
    return technology.dramPerBit().orElseThrow(() -> missing("dram", Quantity.ENERGY));
  }

  /**
   * Area of an on-chip memory of {@code bytes} bytes, in the unit of the technology's areas; empty if
   * it prices none.
   */
  public Optional<Double> sramArea(long bytes) {
    return sramAreaLaw()
        .map(law -> law.cost(f -> f == Feature.INSTANCE ? 1 : (double) Byte.SIZE * bytes));
  }

  /** Silicon of an external memory of {@code bytes} bytes, in um2; empty if the technology prices none. */
  public Optional<Double> dramArea(long bytes) {
    return technology.dramAreaPerBit().map(price -> price.value() * Byte.SIZE * bytes);
  }

  /** The law of areas of on-chip memory: of a macro, and of each bit. */
  public Optional<PriceLaw> sramAreaLaw() {
    return technology.area().flatMap(table -> table.law("memory"));
  }

  /**
   * What a unit costs without its flip-flops, which synthesis reports leave out: the sum of its other
   * parts, or the delay of the longest path between flip-flops.
   *
   * @throws MissingPriceException if a part has no price there
   */
  public double combinational(Quantity quantity, Inventory inventory) {
    if (quantity == Quantity.DELAY) {
      PriceTable table = technology.delay().orElseThrow(() -> missing("register", quantity));
      return CriticalPath.of(inventory).stream()
          .mapToDouble(path -> Delay.combinational(path, table))
          .max()
          .orElse(0);
    }
    return report(quantity, inventory).lines().stream()
        .filter(line -> !(line.part().component() instanceof Component.Register))
        .mapToDouble(CostReport.Line::cost)
        .sum();
  }

  /**
   * How long a unit's slowest path takes; empty if the technology has no delays, or none of one of its
   * parts (memories, DSP slices).
   */
  public Optional<Delay> delay(Inventory inventory) {
    List<CriticalPath> paths = CriticalPath.of(inventory);
    return technology
        .delay()
        .filter(
            table ->
                paths.stream().allMatch(path -> table.laws().keySet().containsAll(path.kinds())))
        .map(table -> Delay.of(paths, table));
  }

  /**
   * The first part of an inventory that has no price in a quantity, as the exception that asking for
   * it would throw; empty if everything is priced.
   */
  public Optional<MissingPriceException> missing(Quantity quantity, Inventory inventory) {
    return inventory.lines().stream()
        .map(Inventory.Line::component)
        .filter(part -> law(quantity, part).isEmpty())
        .findFirst()
        .map(part -> missing(part.kind(), quantity));
  }

  /** Whether the technology has any prices of a quantity. */
  public boolean available(Quantity quantity) {
    return technology.table(quantity).isPresent();
  }

  private CostReport report(Quantity quantity, Inventory inventory) {
    List<CostReport.Line> lines = new ArrayList<>();
    for (Inventory.Line line : inventory.lines()) {
      Component part = line.component();
      PriceLaw law = law(quantity, part).orElseThrow(() -> missing(part.kind(), quantity));
      lines.add(new CostReport.Line(line, law.cost(f -> amount(line, f, quantity)), law));
    }
    String unit = technology.table(quantity).map(PriceTable::unit).orElse("");
    return new CostReport(quantity, unit, lines);
  }

  private static double amount(Inventory.Line line, Feature feature, Quantity quantity) {
    if (quantity == Quantity.ENERGY && line.component() instanceof Component.Memory memory) {
      return memory.bits() * line.perPass(Feature.INSTANCE);
    }
    return quantity == Quantity.ENERGY ? line.perPass(feature) : line.perUnit(feature);
  }

  /** The law of a part; the energy of a memory is that of a bit at its capacity. */
  private Optional<PriceLaw> law(Quantity quantity, Component part) {
    if (quantity == Quantity.ENERGY && part instanceof Component.Memory memory) {
      return technology
          .sram()
          .filter(prices -> available(Quantity.ENERGY))
          .map(prices -> prices.perBit(memory.bytes()))
          .map(price -> new PriceLaw(List.of(new PriceLaw.Term(Feature.SIZE, price))));
    }
    return technology.table(quantity).flatMap(table -> table.law(part.kind()));
  }

  private MissingPriceException missing(String part, Quantity quantity) {
    return new MissingPriceException(technology.name(), part, quantity);
  }
}
