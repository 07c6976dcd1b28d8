package macroscope.cost;

import java.util.Optional;

/**
 * A price list: what parts and memories cost in one technology. What it does not list has no price
 * there.
 *
 * @param name as files and reports name it
 * @param node technology node
 * @param volts supply voltage
 * @param description what the list is and what to know before using it
 * @param energy energy of parts for each use, if the technology has any
 * @param area area of parts, if the technology has any
 * @param sram energy of on-chip memory, if priced
 * @param dramPerBit energy of one bit to or from external memory, if priced
 */
public record TechnologyNode(
    String name,
    String node,
    double volts,
    String description,
    Optional<PriceTable> energy,
    Optional<PriceTable> area,
    Optional<SramPrices> sram,
    Optional<Price> dramPerBit) {

  /** The prices of a quantity, if the technology has any. */
  public Optional<PriceTable> table(Quantity quantity) {
    return quantity == Quantity.ENERGY ? energy : area;
  }
}
