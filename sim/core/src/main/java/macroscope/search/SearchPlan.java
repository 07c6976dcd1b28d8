package macroscope.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.SweepPlan;

/**
 * A sweep and what to search it for.
 *
 * @param sweep its designs are the choices that layers have
 * @param searches in the order of the file; none for a plain sweep
 */
public record SearchPlan(SweepPlan sweep, List<Search> searches) {

  public SearchPlan {
    searches = List.copyOf(searches);
  }

  /** Whether designs themselves are to be dropped on few samples, and so not all measured. */
  boolean dropsDesigns() {
    return searches.stream()
        .anyMatch(s -> s.method() instanceof SuccessiveHalving halving && halving.designs());
  }

  /**
   * The spaces: designs that have network, machine, technology and calibration in common are the
   * choices of one.
   */
  public List<SearchSpace> spaces() {
    Map<String, List<DesignPoint>> groups = new LinkedHashMap<>();
    for (DesignPoint point : sweep.points()) {
      if (point.layers().isEmpty()) {
        String group =
            String.join(
                "\n",
                point.workload().name(),
                point.technology().name(),
                point.machine().name(),
                point.calibration().text());
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(point);
      }
    }
    return groups.values().stream().map(SearchSpace::new).toList();
  }
}
