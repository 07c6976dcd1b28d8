package macroscope.cli;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import macroscope.sweep.SweepObserver;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Draws a progress bar on standard error if that is a terminal, which the launcher says. */
final class ProgressLine implements SweepObserver, AutoCloseable {

  private static final boolean TERMINAL = Boolean.getBoolean("macroscope.terminal");
  private static final int REFRESH_MILLISECONDS = 250;

  private final AtomicInteger finished = new AtomicInteger();
  private volatile Optional<ProgressBar> bar = Optional.empty();
  private volatile int kept;

  @Override
  public void starts(int measurements, int found, long samples) {
    kept = found;
    if (TERMINAL && measurements > 0) {
      bar =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName(measurements + " runs")
                  .setUnit(" samples", 1)
                  .setInitialMax(samples)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                  .build());
    }
  }

  @Override
  public void ran(long samples) {
    bar.ifPresent(drawn -> drawn.stepBy(samples));
  }

  @Override
  public void finished() {
    finished.incrementAndGet();
  }

  /** Measurements that the journal holds by now. */
  int measured() {
    return kept + finished.get();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
