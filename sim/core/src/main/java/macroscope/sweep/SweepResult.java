package macroscope.sweep;

import java.util.List;

/**
 * What a sweep found.
 *
 * @param evaluations one a point, in the order of the plan
 * @param keys of the measurements that they rest on, in the order of first use
 */
public record SweepResult(SweepPlan plan, List<Evaluation> evaluations, List<String> keys) {

  public SweepResult {
    evaluations = List.copyOf(evaluations);
    keys = List.copyOf(keys);
  }

  /** The fronts that the plan asks for. */
  public List<FrontResult> fronts() {
    return FrontResult.of(plan, evaluations);
  }
}
