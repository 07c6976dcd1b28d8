package macroscope.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Evaluates the points of a plan. Points that differ in machine or technology alone share one
 * measurement; what was measured before is not measured again, and the rest an {@link Engine} makes.
 */
public final class SweepEngine {

  private final Engine engine;
  private final String codeVersion;
  private final MeasurementStore store;
  private final SweepObserver observer;
  private final BooleanSupplier stop;

  /**
   * @param engine makes the measurements; results do not depend on it
   * @param codeVersion {@link CodeVersion}: part of the keys in the store
   * @param store finds what an earlier run has measured and keeps what this one does
   * @param stop asked before each measurement; once it is true no more of them begin
   */
  public SweepEngine(
      Engine engine,
      String codeVersion,
      MeasurementStore store,
      SweepObserver observer,
      BooleanSupplier stop) {
    this.engine = engine;
    this.codeVersion = codeVersion;
    this.store = store;
    this.observer = observer;
    this.stop = stop;
  }

  /**
   * Measures on this machine, and nothing stops it.
   *
   * @param threads measurements at a time
   */
  public SweepEngine(
      int threads, String codeVersion, MeasurementStore store, SweepObserver observer) {
    this(new LocalEngine(threads), codeVersion, store, observer, () -> false);
  }

  /** Runs the networks of a plan and prices its points: all of them unless it is told to stop. */
  public SweepResult run(SweepPlan plan) {
    Map<String, DesignPoint> wanted = wanted(plan, codeVersion);
    Map<String, Measurement> measured = measure(wanted);
    List<Evaluation> evaluations = new ArrayList<>();
    int number = 0;
    for (DesignPoint point : plan.points()) {
      number++;
      Measurement measurement = measured.get(key(point, codeVersion));
      if (measurement != null) {
        Hardware hardware = Hardware.of(point, plan.yardstick(), measurement.lookups());
        evaluations.add(new Evaluation(number, point, hardware, measurement));
      }
    }
    List<String> keys = wanted.keySet().stream().filter(measured::containsKey).toList();
    SweepPlan evaluated = plan.with(evaluations.stream().map(Evaluation::point).toList());
    return new SweepResult(evaluated, evaluations, keys, plan.points().size());
  }

  /** The measurements that a plan needs: their keys, each with the first point that asks for it. */
  public static Map<String, DesignPoint> wanted(SweepPlan plan, String codeVersion) {
    Map<String, DesignPoint> wanted = new LinkedHashMap<>();
    plan.points().forEach(point -> wanted.putIfAbsent(key(point, codeVersion), point));
    return wanted;
  }

  /** What a measurement depends on, as a digest: code, network, data, formats, datapath. */
  public static String key(DesignPoint point, String codeVersion) {
    Workload workload = point.workload();
    return Sha256.of(
        String.join(
            "\n",
            codeVersion,
            workload.model().digest(),
            workload.dataDigest(),
            point.numerics(),
            point.formatDefinitions()));
  }

  private Map<String, Measurement> measure(Map<String, DesignPoint> wanted) {
    Map<String, Measurement> measured = new LinkedHashMap<>();
    Map<String, DesignPoint> open = new LinkedHashMap<>();
    wanted.forEach(
        (key, point) -> {
          Optional<Measurement> kept = store.find(key);
          kept.ifPresent(measurement -> measured.put(key, measurement));
          if (kept.isEmpty()) {
            open.put(key, point);
          }
        });
    long samples = open.values().stream().mapToLong(p -> p.workload().data().size()).sum();
    observer.starts(open.size(), measured.size(), samples);
    if (!open.isEmpty()) {
      measured.putAll(measureAll(open));
    }
    return measured;
  }

  private Map<String, Measurement> measureAll(Map<String, DesignPoint> open) {
    Map<String, Measurement> made = new ConcurrentHashMap<>();
    engine.measure(
        open,
        new Engine.Results() {
          @Override
          public void ran(long samples) {
            observer.ran(samples);
          }

          @Override
          public void made(String key, Measurement measurement) {
            store.keep(key, measurement);
            made.put(key, measurement);
            observer.finished();
          }

          @Override
          public boolean stopped() {
            return stop.getAsBoolean();
          }
        });
    return made;
  }
}
