package macroscope.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import macroscope.sweep.SweepObserver;
import me.tongfei.progressbar.ProgressBar;

/**
 * How far a sweep is, on a terminal: samples run and their rate, the time that is left at that rate, and
 * measurements finished.
 */
final class ProgressLine implements SweepObserver, AutoCloseable {

  private final AtomicInteger finished = new AtomicInteger();
  private volatile Optional<ProgressBar> bar = Optional.empty();
  private volatile int all;

  @Override
  public void starts(int measurements, int found, long samples) {
    end();
    finished.set(0);
    all = measurements;
    if (measurements > 0) {
      DecimalFormat rate =
          new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
      bar =
          TerminalBar.of("sweep")
              .map(b -> b.setUnit(" samples", 1).setInitialMax(samples).showSpeed(rate).build());
      tell(0);
    }
  }

  @Override
  public void ran(long samples) {
    bar.ifPresent(drawn -> drawn.stepBy(samples));
  }

  @Override
  public void finished() {
    tell(finished.incrementAndGet());
  }

  private void tell(int done) {
    bar.ifPresent(drawn -> drawn.setExtraMessage(" " + done + "/" + all + " networks"));
  }

  /** Nothing more is run. */
  void end() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  @Override
  public void close() {
    end();
  }
}
