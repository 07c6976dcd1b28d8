package macroscope.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the lines of an inventory. Counts are integers: uses are given as so many in so many
 * passes, so that units can state them without floating-point arithmetic.
 */
public final class InventoryBuilder {

  private final List<Inventory.Line> lines = new ArrayList<>();
  private long uses = 1;
  private long passes = 1;
  private Optional<Sharing> sharing = Optional.empty();

  /** Parts added from here on work {@code uses} times in {@code passes} passes. */
  public InventoryBuilder working(long uses, long passes) {
    if (uses < 0 || passes < 1) {
      throw new IllegalArgumentException(
          "uses must be at least 0 in 1 pass or more: " + uses + " in " + passes);
    }
    this.uses = uses;
    this.passes = passes;
    return this;
  }

  /** Parts added from here on are shared by the units that work on the same data. */
  public InventoryBuilder shared(Sharing with) {
    this.sharing = Optional.of(with);
    return this;
  }

  /** Parts added from here on belong to one unit. */
  public InventoryBuilder unshared() {
    this.sharing = Optional.empty();
    return this;
  }

  /** Adds {@code instances} equal parts; none if {@code instances} is 0. */
  public InventoryBuilder add(Role role, String name, Component component, int instances) {
    if (instances > 0) {
      double usesPerPass = (double) uses / passes;
      int sharedBy = sharing.map(Sharing::units).orElse(1);
      lines.add(
          new Inventory.Line(role, name, component, instances, usesPerPass, sharedBy, sharing));
    }
    return this;
  }

  /** Adds one part. */
  public InventoryBuilder add(Role role, String name, Component component) {
    return add(role, name, component, 1);
  }

  /**
   * Adds a tree of two-input adders, a line for each level. The adders of the first level are {@code
   * bits} wide plus {@code growth}, of each further level {@code growth} wider.
   *
   * @param terms numbers that are added; 1 needs no adder
   * @param bits width of a term
   * @param growth bits a level adds: 1 if the sum is exact, 0 if it is averaged or wraps
   * @param trees equal trees
   */
  public InventoryBuilder addTree(
      Role role, String name, int terms, int bits, int growth, int trees) {
    Widths.positive("terms of " + name, terms);
    int width = bits;
    int level = 1;
    for (int left = terms; left > 1; left = (left + 1) / 2) {
      width += growth;
      add(role, name + " level " + level++, new Component.Adder(width), left / 2 * trees);
    }
    return this;
  }

  public Inventory build() {
    return new Inventory(lines);
  }
}
