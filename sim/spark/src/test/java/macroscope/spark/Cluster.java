package macroscope.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A master and two workers of one core each on this machine, as users start them: {@code sim/spark/cluster}. */
final class Cluster implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("spark://127\\.0\\.0\\.1:[1-9][0-9]*");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final List<Process> workers = new ArrayList<>();
  private final List<Process> all = new ArrayList<>();
  private final List<Path> links = new ArrayList<>();
  private String url = "";

  /**
   * @param folder an empty one
   * @param libraries jars of Spark
   */
  Cluster(Path folder, List<Path> libraries) throws IOException {
    this.folder = folder;
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    for (Path library : libraries) {
      links.add(Files.createSymbolicLink(jars.resolve(library.getFileName()), library));
    }
    Files.createFile(folder.resolve("spark/RELEASE"));
  }

  /** Starts it and waits until both workers are there. */
  void start() throws IOException {
    start("master", "0");
    url = await("master", URL);
    workers.add(start("worker", url));
    await("worker1", REGISTERED);
    workers.add(start("worker", url));
    await("worker2", REGISTERED);
  }

  private Process start(String part, String last) throws IOException {
    Path script = Path.of(System.getProperty("macroscope.home"), "sim/spark/cluster");
    ProcessBuilder builder = new ProcessBuilder(script.toString(), part, "127.0.0.1", last);
    String name = part.equals("master") ? part : part + (workers.size() + 1);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_WORKER_DIR", folder.resolve(name + "-work").toString());
    builder.environment().put("SPARK_WORKER_CORES", "1");
    builder.environment().put("SPARK_WORKER_MEMORY", "1g");
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    builder.redirectErrorStream(true).redirectOutput(log(name).toFile());
    Process process = builder.start();
    all.add(process);
    return process;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private String await(String name, Pattern text) {
    return Waiting.until(
        PATIENCE,
        () -> {
          Matcher matcher = text.matcher(read(log(name)));
          return matcher.find() ? matcher.group() : "";
        },
        () -> name + " says:\n" + read(log(name)));
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  String url() {
    return url;
  }

  /** Kills the executors of the first worker, as {@code kill -9} does; how many there were. */
  long killExecutors() {
    return workers.get(0).descendants().filter(ProcessHandle::destroyForcibly).count();
  }

  /** Nothing of it is left running, whatever happened. */
  @Override
  public void close() {
    Stream<ProcessHandle> children = all.stream().flatMap(Process::descendants);
    List<ProcessHandle> handles =
        Stream.concat(children, all.stream().map(Process::toHandle)).toList();
    handles.forEach(ProcessHandle::destroyForcibly);
    handles.forEach(handle -> handle.onExit().join());
    links.forEach(link -> link.toFile().delete());
  }
}
