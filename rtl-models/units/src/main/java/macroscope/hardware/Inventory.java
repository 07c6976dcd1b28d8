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

  /**
   * Equal parts with one purpose.
   *
   * @param role the group under which reports sum it
   * @param name what the part does in this unit, for people
   * @param component the part
   * @param instances how many of it the unit holds, at least 1
   * @param usesPerPass how often one instance works in one pass of the unit (a part shared by a bit-
   *     serial pass of b cycles works b times; a part that is clock-gated half of the time 0.5)
   */
  public record Line(
      Role role, String name, Component component, int instances, double usesPerPass) {
    public Line {
      Widths.positive("instances of " + name, instances);
      if (!(usesPerPass >= 0)) {
        throw new IllegalArgumentException(
            "uses per pass of " + name + " must be at least 0: " + usesPerPass);
      }
    }
  }
}
