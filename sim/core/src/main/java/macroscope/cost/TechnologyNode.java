package macroscope.cost;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A price list: what parts and memories cost in one technology. What it does not list has no price
 * there.
 *
 * @param name as files and reports name it
 * @param node technology node
 * @param volts supply voltage
 * @param description what the list is and what to know before using it
 * @param tables prices of parts: energy for each use, area, delay; those that the technology has
 * @param memories prices of memories
 * @param fits how well fitted tables explain what they were fitted on
 */
public record TechnologyNode(
    String name,
    String node,
    double volts,
    String description,
    Map<Quantity, PriceTable> tables,
    MemoryPrices memories,
    List<FitQuality> fits) {

  public TechnologyNode {
    tables = Map.copyOf(tables);
    fits = List.copyOf(fits);
  }

  /** The prices of a quantity, if the technology has any. */
  public Optional<PriceTable> table(Quantity quantity) {
    return Optional.ofNullable(tables.get(quantity));
  }

  /** Energy of parts for each use, if the technology has any. */
  public Optional<PriceTable> energy() {
    return table(Quantity.ENERGY);
  }

  /** Area of parts, if the technology has any. */
  public Optional<PriceTable> area() {
    return table(Quantity.AREA);
  }

  /** Delay of parts, if the technology has any. */
  public Optional<PriceTable> delay() {
    return table(Quantity.DELAY);
  }

  /** Energy of on-chip memory, if priced. */
  public Optional<SramPrices> sram() {
    return memories.sram();
  }

  /** Energy of one bit to or from external memory, if priced. */
  public Optional<Price> dramPerBit() {
    return memories.dramPerBit();
  }

  /** Silicon of one bit of external memory, if priced. */
  public Optional<Price> dramAreaPerBit() {
    return memories.dramAreaPerBit();
  }

  /** This technology where it has prices, another one of the same node where it has none. */
  public TechnologyNode over(TechnologyNode base) {
    Map<Quantity, PriceTable> merged = new EnumMap<>(Quantity.class);
    merged.putAll(base.tables);
    tables.forEach((quantity, table) -> merged.merge(quantity, table, (old, own) -> own.over(old)));
    return new TechnologyNode(
        name, node, volts, description, merged, memories.over(base.memories), fits);
  }
}
