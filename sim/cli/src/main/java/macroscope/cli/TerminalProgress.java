package macroscope.cli;

import java.util.Optional;
import macroscope.accuracy.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error while a network runs, if that is a terminal; otherwise nothing. */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final int MILLISECONDS = 200;

  private String task;
  private Optional<ProgressBar> bar = Optional.empty();

  TerminalProgress(String task) {
    this.task = task;
  }

  /** Ends the bar of one task; the next call of {@link #finished} starts one for another. */
  void next(String following) {
    close();
    task = following;
  }

  @Override
  public void finished(int done, int all) {
    if (System.console() == null) {
      return; // no terminal, or a pipe on one side
    }
    if (bar.isEmpty()) {
      bar = Optional.of(start(all));
    }
    bar.get().stepTo(done);
  }

  private ProgressBar start(int all) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(all)
        .setUpdateIntervalMillis(MILLISECONDS)
        .setStyle(ProgressBarStyle.ASCII)
        .clearDisplayOnFinish()
        .build();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
