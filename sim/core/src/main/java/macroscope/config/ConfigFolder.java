package macroscope.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import macroscope.input.InputException;

/**
 * A folder of named configurations that come with Macroscope: {@code configs/technologies} and the
 * like. Where a file is wanted, a user gives a name of such a folder or a path.
 *
 * @param path the folder
 * @param what what a file of it describes, for messages: technology, machine
 */
public record ConfigFolder(Path path, String what) {

  private static final String SUFFIX = ".yaml";

  /** A folder of {@code configs} of the installation that the launcher names, or of the work folder. */
  public static ConfigFolder shipped(String folder, String what) {
    Path home = Path.of(System.getProperty("macroscope.home", "."));
    return new ConfigFolder(home.resolve("configs").resolve(folder), what);
  }

  /**
   * The file that a user means: a path if it ends in {@code .yaml}, else a name in this folder.
   *
   * @throws InputException if there is no such file
   */
  public Path resolve(String nameOrPath) {
    if (nameOrPath.endsWith(SUFFIX)) {
      return Path.of(nameOrPath);
    }
    List<String> names = names();
    if (!names.contains(nameOrPath)) {
      throw new InputException(
          what, "must be a path ending in .yaml or a known name: " + nameOrPath + hint(nameOrPath));
    }
    return path.resolve(nameOrPath + SUFFIX);
  }

  /** The names in the folder, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Place.of(path.toString()).refuse("cannot be listed: " + e.getMessage());
    }
  }

  private String hint(String name) {
    return Names.hint(name, names());
  }
}
