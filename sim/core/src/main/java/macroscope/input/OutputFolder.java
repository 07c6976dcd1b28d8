package macroscope.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A folder that files are written to, all of them or none: whatever stands in their way is found before
 * the first is written, each is written under another name, and only then do all get theirs.
 */
public final class OutputFolder {

  private static final String UNFINISHED = ".part";

  private final Path path;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  public OutputFolder(Path path) {
    this.path = path;
  }

  /** Adds a text to what is to be written, in UTF-8. */
  public OutputFolder with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file to what is to be written. */
  public OutputFolder with(String name, byte[] bytes) {
    files.put(name, bytes);
    return this;
  }

  /** Whether a file of this name is to be written. */
  public boolean has(String name) {
    return files.containsKey(name);
  }

  /** Adds texts to what is to be written, by their names. */
  public OutputFolder with(Map<String, String> texts) {
    texts.forEach(this::with);
    return this;
  }

  /**
   * Writes the files; those of the same names are replaced, others stay.
   *
   * @throws InputException naming the path that is in the way
   */
  public void write() {
    requireFolder();
    files.keySet().forEach(this::requireFile);
    try {
      Files.createDirectories(path);
      writeUnfinished();
      for (String name : files.keySet()) {
        Files.move(
            path.resolve(name + UNFINISHED),
            path.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new InputException(
          path.toString(), "a folder that can be written is needed: " + reason(e), e);
    }
  }

  private void writeUnfinished() throws IOException {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(path.resolve(file.getKey() + UNFINISHED), file.getValue());
      }
    } catch (IOException e) {
      for (String name : files.keySet()) {
        Files.deleteIfExists(path.resolve(name + UNFINISHED));
      }
      throw e;
    }
  }

  /** The folder, or the nearest of those that it would be made in, can be written. */
  private void requireFolder() {
    Optional<Path> there = Optional.of(path.toAbsolutePath());
    while (there.isPresent() && !Files.exists(there.get())) {
      there = Optional.ofNullable(there.get().getParent());
    }
    Path folder = there.orElse(path);
    String where = folder.equals(path.toAbsolutePath()) ? "" : ": " + folder;
    if (!Files.isDirectory(folder)) {
      throw new InputException(path.toString(), "must be a folder, not a file" + where);
    }
    if (!Files.isWritable(folder)) {
      throw new InputException(path.toString(), "a folder that can be written is needed" + where);
    }
  }

  private void requireFile(String name) {
    for (Path file : new Path[] {path.resolve(name), path.resolve(name + UNFINISHED)}) {
      if (Files.isDirectory(file)) {
        throw new InputException(file.toString(), "must be a file, not a folder, to be replaced");
      }
    }
  }

  /** What a file system said, for people. */
  public static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1 $2");
    return name.replaceAll(" ?Exception", "").toLowerCase(Locale.ROOT)
        + (e.getMessage() == null ? "" : " " + e.getMessage());
  }
}
