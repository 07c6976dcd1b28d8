package macroscope.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.cost.TechnologyNode;
import macroscope.machine.Machine;

/**
 * Everything a sweep does, checked and written out.
 *
 * @param name of the run and its folder
 * @param title for people
 * @param yardstick what units are measured by
 * @param points in the order of the file
 * @param fronts what to trade against what
 * @param footprint what electricity and carbon dioxide are told for, if the sweep asks
 */
public record SweepPlan(
    String name,
    String title,
    Yardstick yardstick,
    List<DesignPoint> points,
    List<FrontRequest> fronts,
    Optional<Footprint> footprint) {

  public SweepPlan {
    points = List.copyOf(points);
    fronts = List.copyOf(fronts);
  }

  /** The plan with its first points only. */
  public SweepPlan first(int limit) {
    return with(points.subList(0, Math.min(limit, points.size())));
  }

  /** The plan with other points. */
  public SweepPlan with(List<DesignPoint> some) {
    return new SweepPlan(name, title, yardstick, some, fronts, footprint);
  }

  /**
   * The plan with those points only whose measurements belong to a shard. Measurements are dealt out,
   * not points: no two shards run the same network.
   */
  public SweepPlan part(Shard shard) {
    Map<String, Integer> order = new LinkedHashMap<>();
    points.forEach(point -> order.putIfAbsent(point.numerics(), order.size()));
    List<DesignPoint> mine =
        points.stream().filter(p -> shard.has(order.getOrDefault(p.numerics(), 0))).toList();
    return with(mine);
  }

  /** The networks that occur, in the order of first use. */
  public List<Workload> workloads() {
    Map<String, Workload> found = new LinkedHashMap<>();
    points.forEach(point -> found.putIfAbsent(point.workload().name(), point.workload()));
    return List.copyOf(found.values());
  }

  /** The technologies that occur, in the order of first use. */
  public List<TechnologyNode> technologies() {
    Map<String, TechnologyNode> found = new LinkedHashMap<>();
    points.forEach(point -> found.putIfAbsent(point.technology().name(), point.technology()));
    return List.copyOf(found.values());
  }

  /** The machines that occur, in the order of first use. */
  public List<Machine> machines() {
    Map<String, Machine> found = new LinkedHashMap<>();
    points.forEach(point -> found.putIfAbsent(point.machine().name(), point.machine()));
    return List.copyOf(found.values());
  }
}
