package macroscope.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * @param threads measurements at a time
   */
  public LocalEngine(int threads) {
    this.threads = Widths.positive("threads", threads);
  }

  @Override
  public void measure(Map<String, DesignPoint> open, Results results) {
    Map<String, Workload> workloads = new LinkedHashMap<>();
    open.values().forEach(p -> workloads.putIfAbsent(p.workload().name(), p.workload()));
    Measurer measurer =
        new NetworkMeasurer(
            workloads.values(), threads, CalibrationFolder.ofUser(CodeVersion.current()));
    List<Callable<String>> tasks = new ArrayList<>();
    open.forEach((key, point) -> tasks.add(() -> measure(measurer, key, point, results)));
    OrderedTasks.run(tasks, threads, Progress.NONE);
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
