package macroscope.hardware;

import java.util.List;

/**
 * Bill of materials of one unit: its parts, how many, and how often each works.
 *
 * @param lines the parts, in the order in which data meets them
 */
public record Inventory(List<Line> lines) {

  public Inventory {
    lines = List.copyOf(lines);
  }

  /** Flip-flops that one unit is charged for. */
  public double registerBits() {
    return lines.stream()
        .filter(line -> line.component() instanceof Component.Register)
        .mapToDouble(line -> line.perUnit(Feature.SIZE))
        .sum();
  }

  /**
   * Equal parts with one purpose.
   *
   * @param role the group under which reports sum it
   * @param name what the part does in this unit, for people
   * @param component the part
   * @param instances how many of it the unit holds, at least 1
   * @param usesPerPass how often one instance works in one pass of the unit (a part shared by a bit-
   *     serial pass of b cycles works b times; a part that is clock-gated half of the time 0.5)
   * @param sharedBy units of an array that share these parts, at least 1; each unit is charged this
   *     fraction of their area and of their work
   */
  public record Line(
      Role role,
      String name,
      Component component,
      int instances,
      double usesPerPass,
      int sharedBy) {
    public Line {
      Widths.positive("instances of " + name, instances);
      Widths.positive("units that share " + name, sharedBy);
      if (!(usesPerPass >= 0)) {
        throw new IllegalArgumentException(
            "uses per pass of " + name + " must be at least 0: " + usesPerPass);
      }
    }

    /** Parts that a unit has for itself. */
    public Line(Role role, String name, Component component, int instances, double usesPerPass) {
      this(role, name, component, instances, usesPerPass, 1);
    }

    /** How much of a feature one unit is charged for: all instances, divided by those who share. */
    public double perUnit(Feature feature) {
      return component.feature(feature) * instances / sharedBy;
    }

    /** {@link #perUnit} times the uses in a pass: what energy is proportional to. */
    public double perPass(Feature feature) {
      return perUnit(feature) * usesPerPass;
    }
  }
}
