package macroscope.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LookupCounter;
import macroscope.unit.Units;

/** Runs networks bit for bit through the units of design points. */
public final class NetworkMeasurer implements Measurer {

  private static final int ONE_THREAD = 1;

  private final Map<String, NetworkEvaluator> evaluators = new LinkedHashMap<>();

  /**
   * Runs each network in float, which every point is compared with.
   *
   * @param threads number of threads; results do not depend on it
   */
  public NetworkMeasurer(Iterable<Workload> workloads, int threads) {
    for (Workload workload : workloads) {
      Baseline baseline = Baseline.of(workload.model(), workload.data(), threads);
      evaluators.put(workload.name(), new NetworkEvaluator(baseline));
    }
  }

  @Override
  public Measurement measure(DesignPoint point, Progress progress) {
    LookupCounter lookups = new LookupCounter();
    Optional<DotProductUnit<?>> counting = lookups.unit(point.unit());
    Quantization quantization =
        new Quantization(
            point.weights(),
            point.activations(),
            counting.or(() -> Optional.of(Units.create(point.unit()))),
            point.workload().attention());
    NetworkEvaluator evaluator = evaluators.get(point.workload().name());
    if (evaluator == null) {
      throw new IllegalArgumentException("no float run of " + point.workload().name());
    }
    AccuracyResult task = evaluator.evaluate(quantization, ONE_THREAD, progress);
    return new Measurement(
        task,
        WeightNoise.decibels(point.workload().model().graph(), point.weights()),
        counting.map(unit -> lookups.total()));
  }
}
