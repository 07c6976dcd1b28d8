package macroscope.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Hardware;
import macroscope.sweep.Measure;
import macroscope.sweep.Measurement;
import macroscope.sweep.Objective;
import macroscope.sweep.PointEvaluator;
import macroscope.sweep.Yardstick;

/** One search in one space: evaluates allocations, each once, and remembers them in their order. */
final class SpaceSearch {
  private final Search search;
  private final SearchSpace space;
  private final Yardstick yardstick;
  private final PointEvaluator evaluator;
  private final Map<Allocation, Evaluation> known = new LinkedHashMap<>();
  private final List<DesignPoint> aside = new ArrayList<>();

  SpaceSearch(Search search, SearchSpace space, Yardstick yardstick, PointEvaluator evaluator) {
    this.search = search;
    this.space = space;
    this.yardstick = yardstick;
    this.evaluator = evaluator;
  }

  SearchSpace space() {
    return space;
  }

  Search search() {
    return search;
  }

  /** The allocations that were evaluated so far, in their order. */
  Map<Allocation, Evaluation> known() {
    return known;
  }

  /** Points that were measured and belong to no result: single layers, few samples. */
  List<DesignPoint> aside() {
    return aside;
  }

  /** Evaluations of allocations, in their order; what is known is not evaluated again. */
  List<Evaluation> evaluate(List<Allocation> allocations) {
    List<Allocation> open =
        allocations.stream().distinct().filter(one -> !known.containsKey(one)).toList();
    List<Evaluation> found = evaluator.evaluate(open.stream().map(this::point).toList());
    for (int i = 0; i < found.size(); i++) {
      known.put(open.get(i), found.get(i));
    }
    List<Evaluation> all = new ArrayList<>();
    for (Allocation one : allocations) {
      Optional.ofNullable(known.get(one)).ifPresent(all::add);
    }
    return all;
  }

  /** Evaluations of points that are no allocations on all samples. */
  List<Evaluation> evaluateAside(List<DesignPoint> points) {
    Set<String> before = new HashSet<>();
    aside.forEach(point -> before.add(key(point)));
    points.stream().filter(point -> before.add(key(point))).forEach(aside::add);
    return evaluator.evaluate(points);
  }

  private static String key(DesignPoint point) {
    return point.workload().data().digest() + point.identity();
  }

  /** The point of an allocation. */
  DesignPoint point(Allocation allocation) {
    return space.point(allocation, search.name());
  }

  /** What a point costs, if everything in it has a price: nothing is measured for it. */
  Optional<Double> cost(DesignPoint point) {
    return canonical(search.cost(), priced(point));
  }

  /** Refuses a point that has no cost, and says why. */
  void requireCost(DesignPoint point) {
    if (cost(point).isEmpty()) {
      throw new IllegalArgumentException(
          search.cost().name()
              + " has no value for "
              + point.label()
              + ": "
              + String.join(", ", priced(point).hardware().missing()));
    }
  }

  private Evaluation priced(DesignPoint point) {
    Hardware hardware = Hardware.of(point, yardstick, Optional.empty());
    return new Evaluation(1, point, hardware, Measurement.pending(Optional.empty(), false));
  }

  /** An objective's value, less being better; empty where it has none. */
  static Optional<Double> canonical(Objective objective, Evaluation evaluation) {
    return objective
        .value()
        .apply(evaluation)
        .map(Measure::value)
        .map(objective.direction()::canonical);
  }
}
