package macroscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import macroscope.report.Journal;

/**
 * What happens on SIGINT and SIGTERM while a sweep runs: no line is left half-written, a message says
 * what is kept, and the exit code is 130.
 */
final class Interruption {

  private static final int EXIT_CODE = 130;

  private final Thread hook;

  Interruption(Journal journal, ProgressLine progress, Path folder) {
    hook = new Thread(() -> interrupted(journal, progress, folder), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void interrupted(Journal journal, ProgressLine progress, Path folder) {
    int kept = progress.measured();
    try {
      journal.close();
    } catch (IOException e) {
      // Lines are written whole or not at all; there is nothing left to save.
      kept = 0;
    }
    System.err.println(
        "\nmacroscope: interrupted; "
            + kept
            + " measurements are kept in "
            + folder
            + ", --resume goes on from there");
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  /** The sweep is done: signals mean what they mean elsewhere. */
  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running; it ends the program.
      return;
    }
  }
}
