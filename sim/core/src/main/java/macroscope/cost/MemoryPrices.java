package macroscope.cost;

import java.util.Optional;

/**
 * What memories cost.
 *
 * @param sram energy of on-chip memory, if priced
 * @param dramPerBit energy of one bit to or from external memory, if priced
 */
public record MemoryPrices(Optional<SramPrices> sram, Optional<Price> dramPerBit) {

  /** No memory has a price. */
  public static final MemoryPrices NONE = new MemoryPrices(Optional.empty(), Optional.empty());
}
