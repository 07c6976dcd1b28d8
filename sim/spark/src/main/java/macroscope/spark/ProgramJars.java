package macroscope.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.input.InputException;

/** The jars of the program and of its libraries: what a cluster of Spark does not have. */
final class ProgramJars {

  private static final String PROPERTY = "macroscope.jars";
  private static final String ALL = File.separator + "*";

  private ProgramJars() {}

  /**
   * Their paths, from the class path that the launcher names in {@code macroscope.jars}; an entry may be all
   * of a folder, {@code folder/*}.
   */
  static List<String> all() {
    String path =
        Optional.ofNullable(System.getProperty(PROPERTY))
            .orElseThrow(
                () ->
                    new InputException(
                        "--engine spark",
                        "needs the launcher, ./macroscope, to know what to send"));
    List<String> jars = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      if (entry.endsWith(ALL)) {
        jars.addAll(jars(Path.of(entry.substring(0, entry.length() - ALL.length()))));
      } else {
        jars.add(entry);
      }
    }
    return jars;
  }

  private static List<String> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
