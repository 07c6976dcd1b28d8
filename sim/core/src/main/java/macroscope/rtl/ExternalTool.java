package macroscope.rtl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import macroscope.input.InputException;

/**
 * A program that has to be installed.
 *
 * @param command its name on the path
 * @param debianPackage what installs it on Debian
 */
record ExternalTool(String command, String debianPackage) {

  /** What a run left: its exit code and everything that it printed. */
  record Run(int exitCode, String output) {}

  /**
   * Runs it to its end.
   *
   * @throws InputException if it is not installed
   */
  Run run(Path folder, List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.command().addAll(arguments);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    Process process = start(builder);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Run(process.waitFor(), output);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(command + " was interrupted", e);
    }
  }

  private Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      String rule = "must be installed; on Debian: apt-get install " + debianPackage;
      throw new InputException(command, rule, e);
    }
  }

  /**
   * Runs it and demands success.
   *
   * @throws IOException with its last lines if it fails
   */
  String output(Path folder, List<String> arguments) throws IOException {
    Run run = run(folder, arguments);
    if (run.exitCode() != 0) {
      throw new IOException(command + " failed: " + run.output().strip());
    }
    return run.output();
  }
}
