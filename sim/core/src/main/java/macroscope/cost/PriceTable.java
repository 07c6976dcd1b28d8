package macroscope.cost;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import macroscope.hardware.Component;

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

  /** This table with another one's laws of ready-made blocks, where it counts in the same unit. */
  public PriceTable withBlocksOf(PriceTable other) {
    Map<String, PriceLaw> more = new TreeMap<>(laws);
    if (unit.equals(other.unit)) {
      Component.HARD_KINDS.forEach(kind -> other.law(kind).ifPresent(law -> more.put(kind, law)));
    }
    return new PriceTable(unit, more);
  }

  /**
   * This table's laws, and another one's of parts that it does not price.
   *
   * @throws IllegalArgumentException if the tables count in different units
   */
  PriceTable over(PriceTable base) {
    if (!unit.equals(base.unit)) {
      throw new IllegalArgumentException("unit must be " + base.unit + ": " + unit);
    }
    Map<String, PriceLaw> all = new TreeMap<>(base.laws);
    all.putAll(laws);
    return new PriceTable(unit, all);
  }

  /** The laws in the order of their kinds' names. */
  public Map<String, PriceLaw> sorted() {
    return new TreeMap<>(laws);
  }
}
