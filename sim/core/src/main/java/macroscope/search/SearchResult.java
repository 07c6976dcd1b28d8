package macroscope.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Hypervolume;
import macroscope.sweep.Objective;
import macroscope.sweep.ParetoFront;
import macroscope.sweep.SweepResult;

/**
 * What the searches of a sweep found.
 *
 * @param sweep all designs and all points that searches measured on all samples, each once
 * @param found one entry for each search in each space
 */
public record SearchResult(SweepResult sweep, List<Found> found) {

  public SearchResult {
    found = List.copyOf(found);
  }

  /**
   * What one search found in one space.
   *
   * @param measured allocations that it measured on all samples, in their order
   * @param aside points that it measured besides: single layers, few samples
   */
  public record Found(
      Search search,
      SearchSpace space,
      SearchOutcome outcome,
      Map<Allocation, Evaluation> measured,
      List<DesignPoint> aside) {

    public Found {
      measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
      aside = List.copyOf(aside);
    }

    /** Samples that all its networks together had to run: what the search costs. */
    public long samples() {
      return Stream.concat(measured.values().stream().map(Evaluation::point), aside.stream())
          .mapToLong(point -> point.workload().data().size())
          .sum();
    }

    /** The allocations that no other one that it measured beats, the cheapest first. */
    public ParetoFront<Map.Entry<Allocation, Evaluation>> front() {
      List<Map.Entry<Allocation, Evaluation>> competitors =
          measured.entrySet().stream().filter(e -> isJudged(search, e.getValue())).toList();
      return ParetoFront.of(
          competitors, List.of(criterion(search.cost()), criterion(search.quality())));
    }

    private static ParetoFront.Criterion<Map.Entry<Allocation, Evaluation>> criterion(
        Objective objective) {
      return new ParetoFront.Criterion<>(
          objective.direction(), e -> objective.value().apply(e.getValue()).orElseThrow().value());
    }
  }

  private static boolean isJudged(Search search, Evaluation e) {
    return SpaceSearch.canonical(search.quality(), e).isPresent()
        && SpaceSearch.canonical(search.cost(), e).isPresent();
  }

  /**
   * The part of a box that a search dominates ({@link Hypervolume}); 0 if it found no point with both
   * values. The box is that of all points of this result for the same network, machine and technology.
   */
  public double hypervolume(Found one) {
    List<Evaluation> all =
        sweep.evaluations().stream()
            .filter(e -> isSameSpace(e.point(), one.space().choices().get(0)))
            .toList();
    Search search = one.search();
    List<Hypervolume.Point> own = points(search, List.copyOf(one.measured().values()));
    return own.isEmpty()
        ? 0
        : Hypervolume.of(search.cost(), search.quality(), own, points(search, all)).fraction();
  }

  private static boolean isSameSpace(DesignPoint one, DesignPoint other) {
    return one.workload().name().equals(other.workload().name())
        && one.machine().name().equals(other.machine().name())
        && one.technology().name().equals(other.technology().name());
  }

  private static List<Hypervolume.Point> points(Search search, List<Evaluation> some) {
    return some.stream()
        .filter(e -> isJudged(search, e))
        .map(
            e ->
                new Hypervolume.Point(
                    search.cost().value().apply(e).orElseThrow().value(),
                    search.quality().value().apply(e).orElseThrow().value()))
        .toList();
  }
}
