package macroscope.cli;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The look of progress bars: on standard error if that is a terminal, which the launcher says. */
final class TerminalBar {

  private static final boolean TERMINAL = Boolean.getBoolean("macroscope.terminal");
  private static final int REFRESH_MILLISECONDS = 250;

  private TerminalBar() {}

  /** A bar to be built; empty where nobody would see it. */
  static Optional<ProgressBarBuilder> of(String task) {
    return TERMINAL ? Optional.of(builder(task)) : Optional.empty();
  }

  /** It writes to {@code System.err}: descriptor 2, its default, is the launcher's filter of lines. */
  private static ProgressBarBuilder builder(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MILLISECONDS);
  }
}
