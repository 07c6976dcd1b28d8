package macroscope.sweep;

import java.util.Optional;

/**
 * A design point with everything that is known of it.
 *
 * @param number of the point in its sweep, from 1
 */
public record Evaluation(
    int number, DesignPoint point, Hardware hardware, Measurement measurement) {

  /** A metric of the task; empty if the task has none of this name or it is not a finite number. */
  public Optional<Measure> metric(String name) {
    return measurement
        .task()
        .metric(name)
        .filter(m -> Double.isFinite(m.value()) && Double.isFinite(m.standardError()))
        .map(m -> new Measure(m.value(), m.standardError()));
  }
}
