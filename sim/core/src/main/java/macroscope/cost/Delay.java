package macroscope.cost;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import macroscope.hardware.Feature;

/**
 * How long the slowest path of a unit takes, from clock edge to clock edge.
 *
 * @param picoseconds with the flip-flop at its start and its end
 * @param path the slowest
 * @param table the prices
 */
public record Delay(double picoseconds, CriticalPath path, PriceTable table) {

  private static final double PICOSECONDS_PER_MICROSECOND = 1e6;
  private static final String REGISTER = "register";

  /** The slowest of paths. */
  static Delay of(List<CriticalPath> paths, PriceTable table) {
    Delay slowest = new Delay(levels(REGISTER, 1, table), new CriticalPath(Map.of(), 0), table);
    for (CriticalPath path : paths) {
      double picoseconds = levels(REGISTER, 1, table) + combinational(path, table);
      if (picoseconds > slowest.picoseconds()) {
        slowest = new Delay(picoseconds, path, table);
      }
    }
    return slowest;
  }

  /** Delay of a path without flip-flops. */
  static double combinational(CriticalPath path, PriceTable table) {
    double picoseconds = levels(CriticalPath.CARRY, path.carryBits(), table);
    for (String kind : new TreeSet<>(path.levels().keySet())) {
      picoseconds += levels(kind, path.levels().getOrDefault(kind, 0), table);
    }
    return picoseconds;
  }

  private static double levels(String kind, int levels, PriceTable table) {
    return table.law(kind).orElseThrow().cost(f -> f == Feature.LEVEL ? levels : 0);
  }

  /** The fastest clock of a unit that does all of the path in one cycle. */
  public double megahertz() {
    return PICOSECONDS_PER_MICROSECOND / picoseconds;
  }

  /** Stages of equal delay that a unit must be cut into for a clock, its loop of the sum left out. */
  public int stagesFor(double megahertz) {
    double register = levels(REGISTER, 1, table);
    double room = PICOSECONDS_PER_MICROSECOND / megahertz - register;
    return room <= 0 ? Integer.MAX_VALUE : (int) Math.ceil((picoseconds - register) / room);
  }

  /** The kinds of parts on the path. */
  public Set<String> kinds() {
    return new TreeSet<>(path.levels().keySet());
  }
}
