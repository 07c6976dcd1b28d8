package macroscope.sweep;

import java.util.ArrayList;
import java.util.List;
import macroscope.cost.TechnologyNode;

/**
 * One front: the points of one network in one technology under two objectives.
 *
 * @param number of the front in its sweep, from 1
 * @param competitors points that have both values and hold the limits, in the order of the sweep
 * @param without points that lack one: their task metric is not a finite number
 * @param outside points that have both values and do not hold the limits
 * @param front the competitors that none beats, the cheapest first
 */
public record FrontResult(
    int number,
    FrontRequest request,
    Workload workload,
    TechnologyNode technology,
    List<Evaluation> competitors,
    List<Evaluation> without,
    List<Evaluation> outside,
    ParetoFront<Evaluation> front) {

  /** File systems take names of 255 bytes, of which the rest of the name needs its part. */
  private static final int MOST_LIMIT_TEXT = 80;

  public FrontResult {
    competitors = List.copyOf(competitors);
    without = List.copyOf(without);
    outside = List.copyOf(outside);
  }

  /** All fronts of a plan, in the order of requests, networks, technologies. */
  static List<FrontResult> of(SweepPlan plan, List<Evaluation> evaluations) {
    List<FrontResult> results = new ArrayList<>();
    for (FrontRequest request : plan.fronts()) {
      for (Workload workload : plan.workloads()) {
        for (TechnologyNode technology : plan.technologies()) {
          List<Evaluation> covered =
              evaluations.stream()
                  .filter(e -> e.point().workload().name().equals(workload.name()))
                  .filter(e -> e.point().technology().name().equals(technology.name()))
                  .filter(e -> request.covers(e.point()))
                  .toList();
          if (!covered.isEmpty()) {
            results.add(of(results.size() + 1, request, covered));
          }
        }
      }
    }
    return List.copyOf(results);
  }

  private static FrontResult of(int number, FrontRequest request, List<Evaluation> covered) {
    List<Evaluation> valued = covered.stream().filter(e -> has(request, e)).toList();
    List<Evaluation> competitors = valued.stream().filter(e -> holds(request, e)).toList();
    List<Evaluation> outside = valued.stream().filter(e -> !holds(request, e)).toList();
    List<Evaluation> without = covered.stream().filter(e -> !has(request, e)).toList();
    DesignPoint any = covered.get(0).point();
    return new FrontResult(
        number,
        request,
        any.workload(),
        any.technology(),
        competitors,
        without,
        outside,
        ParetoFront.of(
            competitors, List.of(request.cost().criterion(), request.quality().criterion())));
  }

  private static boolean has(FrontRequest request, Evaluation evaluation) {
    return request.quality().value().apply(evaluation).isPresent()
        && request.cost().value().apply(evaluation).isPresent();
  }

  private static boolean holds(FrontRequest request, Evaluation evaluation) {
    return request.limits().stream().allMatch(limit -> limit.holds(evaluation));
  }

  /** A name for files: network, technology, both objectives, limits, or the digest of limits with long names. */
  public String slug() {
    String name = String.join("-", workload.name(), technology.name(), request.quality().name());
    String text = request.limitText();
    String shown = text.length() > MOST_LIMIT_TEXT ? Sha256.of(text).substring(0, 16) : text;
    String limits = text.isEmpty() ? "" : "-with-" + shown;
    return (name + "-vs-" + request.cost().name() + limits).replaceAll("[^A-Za-z0-9._-]+", "_");
  }
}
