package macroscope.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** The same parts of a unit that stands alone: nobody shares any of them. */
  public Inventory alone() {
    return new Inventory(lines.stream().map(Line::alone).toList());
  }

  /** So many times all of it. */
  public Inventory times(int factor) {
    Widths.positive("factor", factor);
    return new Inventory(lines.stream().map(line -> line.times(factor)).toList());
  }

  /** These parts and others. */
  public Inventory plus(Inventory other) {
    List<Line> both = new ArrayList<>(lines);
    both.addAll(other.lines);
    return new Inventory(both);
  }

  /**
   * The same parts in an array, where those that are {@link Sharing shared} serve as many units as get
   * the same data there.
   *
   * @param left units that multiply the same row of the left operand at a time
   * @param right units that multiply the same row of the right operand at a time
   */
  public Inventory inArray(int left, int right) {
    Widths.positive("units of one left row", left);
    Widths.positive("units of one right row", right);
    return new Inventory(lines.stream().map(line -> line.inArray(left, right)).toList());
  }

  /**
   * The same parts within a larger unit, one pass of which takes several of theirs.
   *
   * @param suffix tells their names from those of others
   * @param passes of theirs in one of the larger unit; 0 if they rest
   */
  public Inventory within(String suffix, int passes) {
    Widths.inRange("passes", passes, 0, Integer.MAX_VALUE);
    return new Inventory(
        lines.stream()
            .map(
                line ->
                    new Line(
                        line.role,
                        line.name + suffix,
                        line.component,
                        line.instances,
                        line.usesPerPass * passes,
                        line.sharedBy,
                        line.sharing))
            .toList());
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
   * @param sharing with whom they are shared, if an array decides how many those are
   */
  public record Line(
      Role role,
      String name,
      Component component,
      int instances,
      double usesPerPass,
      int sharedBy,
      Optional<Sharing> sharing) {
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
      this(role, name, component, instances, usesPerPass, 1, Optional.empty());
    }

    private Line times(int factor) {
      int count = Math.multiplyExact(instances, factor);
      return new Line(role, name, component, count, usesPerPass, sharedBy, sharing);
    }

    private Line inArray(int left, int right) {
      return sharing
          .map(s -> s.units(s.operand() == Sharing.Operand.LEFT ? left : right))
          .map(n -> new Line(role, name, component, instances, usesPerPass, n, sharing))
          .orElse(this);
    }

    private Line alone() {
      return new Line(role, name, component, instances, usesPerPass, 1, sharing);
    }

    /** Parts that so many units share in every array. */
    public Line(
        Role role,
        String name,
        Component component,
        int instances,
        double usesPerPass,
        int sharedBy) {
      this(role, name, component, instances, usesPerPass, sharedBy, Optional.empty());
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
