package macroscope.sweep;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.ActivityArithmetic;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.Calibration;
import macroscope.calibrate.CalibrationStore;
import macroscope.calibrate.Calibrator;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.input.InputException;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LookupCounter;
import macroscope.unit.Units;

/** Runs networks bit for bit through the units of design points. */
public final class NetworkMeasurer implements Measurer {

  private static final int ONE_THREAD = 1;

  /** Samples that toggles are counted on: the least that a data set has. */
  private static final int ACTIVITY_SAMPLES = 2;

  private final Calibrator calibrator;
  private final Map<String, NetworkEvaluator> evaluators = new LinkedHashMap<>();

  /**
   * Runs each network in float, which every point is compared with.
   *
   * @param threads number of threads; results do not depend on it
   * @param calibrations what earlier runs have learnt
   */
  public NetworkMeasurer(Iterable<Workload> workloads, int threads, CalibrationStore calibrations) {
    calibrator = new Calibrator(calibrations);
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
        point.quantization(counting.orElseGet(() -> Units.create(point.unit())));
    NetworkEvaluator evaluator = evaluators.get(point.workload().name());
    if (evaluator == null) {
      throw new IllegalArgumentException("no float run of " + point.workload().name());
    }
    Calibration calibration = calibration(point, quantization);
    Quantization calibrated =
        calibration.on(quantization.calibrated(point.workload().model(), point.workload().data()));
    AccuracyResult task =
        evaluator.evaluate(calibration.around(calibrated.arithmetic()), ONE_THREAD, progress);
    return new Measurement(
        task,
        WeightNoise.decibels(point.workload().model().graph(), quantization),
        counting.map(unit -> lookups.total()),
        point.workload().activity()
            ? activities(calibrated, calibration, point.workload())
            : Map.of());
  }

  /** Points that differ in the unit alone share what is learnt. */
  private Calibration calibration(DesignPoint point, Quantization quantization) {
    Workload workload = point.workload();
    try {
      return calibrator.of(
          point.calibration(),
          workload.model(),
          workload.calibrationData(),
          quantization,
          ONE_THREAD);
    } catch (IllegalArgumentException e) {
      throw new InputException(point.identity(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<Stationary, Activity> activities(
      Quantization quantization, Calibration calibration, Workload workload) {
    Dataset first = workload.data().first(ACTIVITY_SAMPLES);
    NetworkEvaluator evaluator =
        new NetworkEvaluator(Baseline.of(workload.model(), first, ONE_THREAD));
    Map<Stationary, Activity> activities = new EnumMap<>(Stationary.class);
    for (Stationary stays : Stationary.values()) {
      ActivityArithmetic counting = new ActivityArithmetic(quantization, stays);
      evaluator.evaluate(calibration.around(counting), ONE_THREAD, Progress.NONE);
      counting.mean().ifPresent(mean -> activities.put(stays, mean));
    }
    return activities;
  }
}
