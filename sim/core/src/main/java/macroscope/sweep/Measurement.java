package macroscope.sweep;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.accuracy.AccuracyResult;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.unit.LookupCounts;

/**
 * What running the network told: the costly part of an evaluation, which does not depend on the
 * machine or the technology.
 *
 * @param task metrics of the task
 * @param weightQsnrDecibels signal-to-quantization-noise ratio over all weights of the network
 * @param lookups what lookups did, in units that count them
 * @param activities how bits of the unit toggle on the operands of the network, over those of random
 *     codes, by what stays in a unit; empty if the workload does not ask
 */
public record Measurement(
    AccuracyResult task,
    double weightQsnrDecibels,
    Optional<LookupCounts> lookups,
    Map<Stationary, Activity> activities) {

  public Measurement {
    activities = Map.copyOf(activities);
  }

  /** Without toggles. */
  public Measurement(
      AccuracyResult task, double weightQsnrDecibels, Optional<LookupCounts> lookups) {
    this(task, weightQsnrDecibels, lookups, Map.of());
  }

  /** What stands for the measurement of a point that was not run. */
  public static Measurement pending(Optional<LookupCounts> lookups, boolean activity) {
    Map<Stationary, Activity> random = new EnumMap<>(Stationary.class);
    if (activity) {
      for (Stationary stays : Stationary.values()) {
        random.put(stays, new Activity(1, 1, 1, 1));
      }
    }
    return new Measurement(new AccuracyResult(List.of(), 0, 0, ""), 0, lookups, random);
  }

  /** The toggles of an order of passes, if they were counted. */
  public Optional<Activity> activity(Stationary stays) {
    return Optional.ofNullable(activities.get(stays));
  }
}
