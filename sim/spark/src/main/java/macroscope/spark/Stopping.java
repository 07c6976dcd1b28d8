package macroscope.spark;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import macroscope.sweep.Engine;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Ends the work of a cluster when the sweep is to stop. Spark does not hold back tasks that wait: all are
 * taken back, those in flight too, and are measured when the sweep goes on.
 */
final class Stopping implements AutoCloseable {
  private static final long PAUSE_MILLISECONDS = 200;

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stopping");
            thread.setDaemon(true);
            return thread;
          });

  Stopping(Engine.Results results, JavaSparkContext context) {
    Runnable look =
        () -> {
          if (results.stopped()) {
            context.cancelAllJobs();
          }
        };
    var unused =
        watch.scheduleWithFixedDelay(
            look, PAUSE_MILLISECONDS, PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
