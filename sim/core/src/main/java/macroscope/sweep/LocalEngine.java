package macroscope.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.accuracy.OrderedTasks;
import macroscope.accuracy.Progress;
import macroscope.calibrate.CalibrationFolder;
import macroscope.hardware.Widths;

/**
 * Measures on threads of this machine: measurements run side by side, each on one thread, so that the number
 * of threads decides nothing but the time.
 */
public final class LocalEngine implements Engine {

  private final int threads;
  private Map<String, Workload> served = Map.of();
  private Measurer measurer =
      (point, progress) -> {
        throw new IllegalStateException("nothing is to be measured");
      };

  /**
   * @param threads measurements at a time
   */
  public LocalEngine(int threads) {
    this.threads = Widths.positive("threads", threads);
  }

  @Override
  public void measure(Map<String, DesignPoint> open, Results results) {
    Measurer measurer = measurer(open.values());
    List<Callable<String>> tasks = new ArrayList<>();
    open.forEach((key, point) -> tasks.add(() -> measure(measurer, key, point, results)));
    OrderedTasks.run(tasks, threads, Progress.NONE);
  }

  /** Float runs are kept for those who ask again for the same networks on the same data, as searches do. */
  private synchronized Measurer measurer(Collection<DesignPoint> points) {
    Map<String, Workload> workloads = new LinkedHashMap<>();
    points.forEach(p -> workloads.putIfAbsent(p.workload().name(), p.workload()));
    boolean same = workloads.entrySet().stream().allMatch(e -> isServed(e.getKey(), e.getValue()));
    if (!same) {
      CalibrationFolder calibrations = CalibrationFolder.ofUser(CodeVersion.current());
      measurer = new NetworkMeasurer(workloads.values(), threads, calibrations);
      served = Map.copyOf(workloads);
    }
    return measurer;
  }

  private boolean isServed(String name, Workload workload) {
    return Optional.ofNullable(served.get(name))
        .filter(known -> known.model().digest().equals(workload.model().digest()))
        .filter(known -> known.dataDigest().equals(workload.dataDigest()))
        .isPresent();
  }

  private static String measure(Measurer measurer, String key, DesignPoint point, Results results) {
    int[] told = {0};
    Progress progress =
        (done, all) -> {
          results.ran(done - told[0]);
          told[0] = done;
        };
    if (!results.stopped()) {
      results.made(key, measurer.measure(point, progress));
    }
    return key;
  }
}
