package macroscope.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Spark itself wrote down of a run's tasks.
 *
 * @param ends of tasks, in order
 */
record TaskLog(List<End> ends) {

  /**
   * @param index of the measurement
   * @param executor that ran it
   * @param reason why it ended: Success, ExecutorLostFailure
   */
  record End(int index, String executor, String reason) {}

  /** Flags of the program that make Spark write it. */
  static List<String> flags(Path folder) {
    return List.of(
        "-Dspark.eventLog.enabled=true",
        "-Dspark.eventLog.dir=" + folder.toUri(),
        "-Dspark.eventLog.compress=false",
        "-Dspark.eventLog.rolling.enabled=false");
  }

  static TaskLog read(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<End> ends = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.filter(f -> f.getFileName().toString().startsWith("app-")).findAny().get();
      for (String line : Files.readAllLines(file)) {
        JsonNode event = json.readTree(line);
        if (event.path("Event").asText().equals("SparkListenerTaskEnd")) {
          JsonNode task = event.path("Task Info");
          ends.add(
              new End(
                  task.path("Index").asInt(),
                  task.path("Executor ID").asText(),
                  event.path("Task End Reason").path("Reason").asText()));
        }
      }
    }
    return new TaskLog(ends);
  }

  List<Integer> done() {
    return ends.stream().filter(end -> end.reason().equals("Success")).map(End::index).toList();
  }

  List<End> undone() {
    return ends.stream().filter(end -> !end.reason().equals("Success")).toList();
  }

  Set<String> executors() {
    return ends.stream().map(End::executor).collect(Collectors.toSet());
  }
}
