package macroscope.sweep;

import java.util.List;

/**
 * What a sweep found.
 *
 * @param plan with the points that were evaluated
 * @param evaluations one a point, in the order of the plan; numbered as in the whole sweep
 * @param keys of the measurements that they rest on, in the order of first use
 * @param asked points that the sweep was asked for: more than were evaluated if it was interrupted
 */
public record SweepResult(
    SweepPlan plan, List<Evaluation> evaluations, List<String> keys, int asked) {

  public SweepResult {
    evaluations = List.copyOf(evaluations);
    keys = List.copyOf(keys);
    if (asked < evaluations.size()) {
      throw new IllegalArgumentException(
          "points asked for must be at least " + evaluations.size() + ": " + asked);
    }
  }

  /** Whether points are missing that the sweep was asked for. */
  public boolean isInterrupted() {
    return evaluations.size() < asked;
  }

  /** The fronts that the plan asks for. */
  public List<FrontResult> fronts() {
    return FrontResult.of(plan, evaluations);
  }
}
