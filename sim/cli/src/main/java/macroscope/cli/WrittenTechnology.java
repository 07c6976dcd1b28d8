package macroscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import macroscope.input.InputException;
import picocli.CommandLine.Option;

/** The technology file that a fit writes, under either name of its option. */
final class WrittenTechnology {

  private static final String SUFFIX = ".yaml";

  @Option(
      names = "--technology",
      required = true,
      paramLabel = "OUT.yaml",
      description = "The technology file to write.")
  private Optional<Path> technology = Optional.empty();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT.yaml",
      description = "The same by the name that other commands have for it.")
  private Optional<Path> out = Optional.empty();

  Path path() {
    return technology.or(() -> out).orElseThrow();
  }

  /**
   * The technology's name, which is the file's.
   *
   * @throws InputException naming the option if the file cannot be written
   */
  String name() {
    Path path = path();
    Path file = path.getFileName();
    if (file == null || !file.toString().endsWith(SUFFIX)) {
      throw refused("must be a path ending in .yaml");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw refused("folder must exist and be writable");
    }
    if (Files.isDirectory(path)) {
      throw refused("must be a file, not a folder");
    }
    return file.toString().substring(0, file.toString().length() - SUFFIX.length());
  }

  private InputException refused(String rule) {
    return new InputException(
        technology.isPresent() ? "--technology" : "--out", rule + ": " + path());
  }
}
