package macroscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** A progress bar over the bytes of files. */
final class BytesBar implements AutoCloseable {

  private static final int KILOBYTE = 1024;

  private final Optional<ProgressBar> bar;

  BytesBar(String task, List<Path> files) {
    long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
    bar =
        TerminalBar.of(task)
            .map(b -> b.setUnit(" KiB", KILOBYTE).setInitialMax(bytes).showSpeed().build());
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
