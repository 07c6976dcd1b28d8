package macroscope.rtl;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.input.InputException;

/**
 * A program that has to be installed.
 *
 * @param command its name on the path
 * @param debianPackage what installs it on Debian
 */
record ExternalTool(String command, String debianPackage) {

  /**
   * Looks for it on the path, so that nothing long is begun without it.
   *
   * @throws InputException if it is not there
   */
  void requireInstalled() {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean there =
        Stream.of(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, command))
            .anyMatch(Files::isExecutable);
    if (!there) {
      throw new InputException(command, missing());
    }
  }

  private String missing() {
    return "must be installed; on Debian: apt-get install " + debianPackage;
  }

  /** What a run left: its exit code and everything that it printed. */
  record Run(int exitCode, String output) {}

  /**
   * Runs it to its end.
   *
   * @throws InputException if it is not installed
   */
  Run run(Path folder, List<String> arguments) throws IOException {
    return run(folder, arguments, input -> {});
  }

  /** Writes what a program reads. */
  interface Input {
    void to(OutputStream stream) throws IOException;
  }

  /**
   * Runs it to its end on an input; it must print little before it has read all of it.
   *
   * @throws InputException if it is not installed
   */
  Run run(Path folder, List<String> arguments, Input input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.command().addAll(arguments);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    Process process = start(builder);
    Optional<IOException> refused = feed(process, input);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int exitCode = process.waitFor();
      if (exitCode == 0 && refused.isPresent()) {
        throw refused.get();
      }
      return new Run(exitCode, output);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(command + " was interrupted", e);
    }
  }

  /** What goes wrong while a program reads; why, it may say itself. */
  private static Optional<IOException> feed(Process process, Input input) {
    try (OutputStream stream = process.getOutputStream()) {
      input.to(stream);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new InputException(command, missing(), e);
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
