package macroscope.cli;

import java.util.Optional;
import macroscope.accuracy.Progress;
import me.tongfei.progressbar.ProgressBar;

/** A bar while a network runs. */
final class TerminalProgress implements Progress, AutoCloseable {
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
    if (bar.isEmpty()) {
      bar = TerminalBar.of(task).map(b -> b.setInitialMax(all).clearDisplayOnFinish().build());
    }
    bar.ifPresent(drawn -> drawn.stepTo(done));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
