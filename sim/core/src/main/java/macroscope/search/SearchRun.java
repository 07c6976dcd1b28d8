package macroscope.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.PointEvaluator;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepPlan;
import macroscope.sweep.SweepResult;

/** Runs the searches of a sweep, and the sweep itself, on one engine and one store of measurements. */
public final class SearchRun {
  private final SweepEngine engine;

  public SearchRun(SweepEngine engine) {
    this.engine = engine;
  }

  /**
   * The sweep with the points that its searches add. If it is told to stop, the searches that were done
   * are told, and all points that are known.
   *
   * @throws IllegalArgumentException if a search does not fit its space
   */
  public SearchResult run(SearchPlan plan) {
    SweepPlan sweep = plan.sweep();
    if (plan.searches().isEmpty()) {
      return new SearchResult(engine.run(sweep), List.of());
    }
    Set<String> keys = new LinkedHashSet<>();
    PointEvaluator evaluator = points -> evaluate(sweep, points, keys);
    List<DesignPoint> points = new ArrayList<>(plan.dropsDesigns() ? List.of() : sweep.points());
    List<Done> done = new ArrayList<>();
    boolean stopped = false;
    try {
      evaluator.evaluate(points);
      for (Search search : plan.searches()) {
        for (SearchSpace space : plan.spaces()) {
          if (search.covers(space)) {
            SpaceSearch one = new SpaceSearch(search, space, sweep.yardstick(), evaluator);
            done.add(new Done(one, search.method().search(one)));
            one.known().keySet().forEach(allocation -> points.add(one.point(allocation)));
          }
        }
      }
    } catch (Stopped e) {
      stopped = true;
    }
    SweepResult result = engine.run(sweep.with(distinct(points)));
    keys.addAll(result.keys());
    int asked =
        stopped ? Math.max(result.asked(), result.evaluations().size() + 1) : result.asked();
    return new SearchResult(
        new SweepResult(result.plan(), result.evaluations(), List.copyOf(keys), asked),
        done.stream().map(one -> found(one, result)).toList());
  }

  /** Measurements are missing that a search needs to go on. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record Done(SpaceSearch search, SearchOutcome outcome) {}

  private List<Evaluation> evaluate(SweepPlan sweep, List<DesignPoint> points, Set<String> keys) {
    if (points.isEmpty()) {
      return List.of();
    }
    SweepResult result = engine.run(sweep.with(points));
    keys.addAll(result.keys());
    if (result.isInterrupted()) {
      throw new Stopped();
    }
    return result.evaluations();
  }

  private static List<DesignPoint> distinct(List<DesignPoint> points) {
    Map<String, DesignPoint> distinct = new LinkedHashMap<>();
    points.forEach(point -> distinct.putIfAbsent(point.identity(), point));
    return List.copyOf(distinct.values());
  }

  /** What a search found, with the numbers that points have in the whole result. */
  private static SearchResult.Found found(Done done, SweepResult result) {
    Map<String, Evaluation> numbered = new LinkedHashMap<>();
    result.evaluations().forEach(e -> numbered.put(e.point().identity(), e));
    Map<Allocation, Evaluation> measured = new LinkedHashMap<>();
    SpaceSearch search = done.search();
    for (Allocation allocation : search.known().keySet()) {
      Evaluation own = numbered.get(search.point(allocation).identity());
      if (own != null) {
        measured.put(allocation, own);
      }
    }
    return new SearchResult.Found(
        search.search(), search.space(), done.outcome(), measured, search.aside());
  }
}
