package macroscope.cost;

import java.util.Optional;

/**
 * What memories cost.
 *
 * @param sram energy of on-chip memory, if priced
 * @param dramPerBit energy of one bit to or from external memory, if priced
 * @param dramAreaPerBit silicon of one bit of external memory, in um2, if priced: its dies have a
 *     process of their own
 */
public record MemoryPrices(
    Optional<SramPrices> sram, Optional<Price> dramPerBit, Optional<Price> dramAreaPerBit) {

  /** No memory has a price. */
  public static final MemoryPrices NONE =
      new MemoryPrices(Optional.empty(), Optional.empty(), Optional.empty());

  /** These prices where there are any, else others. */
  MemoryPrices over(MemoryPrices base) {
    return new MemoryPrices(
        sram.or(base::sram),
        dramPerBit.or(base::dramPerBit),
        dramAreaPerBit.or(base::dramAreaPerBit));
  }
}
