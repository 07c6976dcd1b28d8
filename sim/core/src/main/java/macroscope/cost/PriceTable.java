package macroscope.cost;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The prices of parts in one quantity.
 *
 * @param unit what the quantity is counted in: pJ; um2, LUT6, NAND2
 * @param laws by kind of part, as {@link macroscope.hardware.Component#kind()} names it
 */
public record PriceTable(String unit, Map<String, PriceLaw> laws) {

  public PriceTable {
    laws = Map.copyOf(laws);
  }

  /** The law of a kind of part, if it has a price. */
  public Optional<PriceLaw> law(String kind) {
    return Optional.ofNullable(laws.get(kind));
  }

  /** The laws in the order of their kinds' names. */
  public Map<String, PriceLaw> sorted() {
    return new TreeMap<>(laws);
  }
}
