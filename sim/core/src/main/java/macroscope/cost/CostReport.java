package macroscope.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import macroscope.hardware.Inventory;
import macroscope.hardware.Role;

/**
 * The cost of a unit line by line, each with the law that it was priced by.
 *
 * @param quantity energy of one pass, or area
 * @param unit pJ; um2, LUT6, NAND2, ...
 * @param lines in the order of the inventory
 */
public record CostReport(Quantity quantity, String unit, List<Line> lines) {

  /**
   * A line of the inventory and its cost.
   *
   * @param part the parts
   * @param cost of all of them, as one unit is charged
   * @param law their prices
   */
  public record Line(Inventory.Line part, double cost, PriceLaw law) {}

  public CostReport {
    lines = List.copyOf(lines);
  }

  /** The sum of all lines. */
  public double total() {
    return lines.stream().mapToDouble(Line::cost).sum();
  }

  /** The sum of the lines of each role that occurs. */
  public Map<Role, Double> byRole() {
    Map<Role, Double> sums = new EnumMap<>(Role.class);
    for (Line line : lines) {
      sums.merge(line.part().role(), line.cost(), Double::sum);
    }
    return Collections.unmodifiableMap(sums);
  }

  /** Every price that a line was charged with, each once, in the order of first use. */
  public Set<Price> prices() {
    Set<Price> prices = new LinkedHashSet<>();
    for (Line line : lines) {
      line.law().terms().forEach(term -> prices.add(term.price()));
    }
    return Collections.unmodifiableSet(prices);
  }
}
