package macroscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when the work in it is done. */
final class TemporaryFolder {

  private TemporaryFolder() {}

  /** What is done in the folder. */
  interface Work<T> {
    T in(Path folder) throws IOException;
  }

  static <T> T with(Work<T> work) throws IOException {
    Path folder = Files.createTempDirectory("macroscope");
    try {
      return work.in(folder);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
