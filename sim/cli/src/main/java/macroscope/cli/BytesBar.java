package macroscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over the bytes of files, on standard error if that is a terminal. */
final class BytesBar implements AutoCloseable {

  private static final boolean TERMINAL = Boolean.getBoolean("macroscope.terminal");
  private static final int REFRESH_MILLISECONDS = 250;
  private static final int KILOBYTE = 1024;

  private final Optional<ProgressBar> bar;

  BytesBar(String task, List<Path> files) {
    long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
    bar =
        TERMINAL
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setUnit(" KiB", KILOBYTE)
                    .setInitialMax(bytes)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                    .build())
            : Optional.empty();
  }

  /** So many more bytes were read. */
  void read(long bytes) {
    bar.ifPresent(drawn -> drawn.stepBy(bytes));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
