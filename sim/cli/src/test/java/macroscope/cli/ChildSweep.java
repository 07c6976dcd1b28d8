package macroscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** {@code macroscope sweep} in a process of its own, which signals can be sent to. */
final class ChildSweep {

  private static final int PATIENCE_SECONDS = 120;
  private static final int LOOK_MILLISECONDS = 10;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildSweep(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a sweep. A shell that runs tests in the background has them ignore SIGINT; {@code env} undoes
   * that.
   *
   * @param flags of the JVM
   */
  static ChildSweep start(Path file, Path folder, List<String> flags, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env", "--default-signal=INT,TERM", System.getProperty("java.home") + "/bin/java"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
    command.add("-Dmacroscope.home=" + System.getProperty("macroscope.home"));
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Macroscope.class.getName()));
    command.addAll(List.of("sweep", file.toString(), "--out", folder.toString()));
    command.addAll(List.of(options));
    Path out = Files.createTempFile(file.toAbsolutePath().getParent(), "out", "");
    Path err = Files.createTempFile(file.toAbsolutePath().getParent(), "err", "");
    return new ChildSweep(
        new ProcessBuilder(command)
            .redirectOutput(Redirect.to(out.toFile()))
            .redirectError(Redirect.to(err.toFile()))
            .start(),
        out,
        err);
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for something that the sweep does; whether it came before the sweep ended. */
  boolean waitFor(BooleanSupplier what) throws InterruptedException {
    while (process.isAlive() && !what.getAsBoolean()) {
      Thread.sleep(LOOK_MILLISECONDS);
    }
    return what.getAsBoolean();
  }

  /** Whether the sweep ends within so many milliseconds. */
  boolean endsWithin(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** The exit code of the sweep, once it ends. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("does not end: " + err());
    }
    return process.exitValue();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  /** The whole lines of a run's journal. */
  static List<String> journal(Path folder) {
    Path file = folder.resolve("measurements.jsonl");
    String text = Files.exists(file) ? text(file) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** All files of a folder, by name. */
  static Map<String, byte[]> contents(Path folder) {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
