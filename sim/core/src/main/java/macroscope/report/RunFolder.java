package macroscope.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import macroscope.input.InputException;
import macroscope.input.OutputFolder;

/**
 * The folder that a run writes to. Every file appears whole: it is written under another name and
 * moved. A folder belongs to the sweep file that it was made from, and no other may write to it; while
 * it is open no other process may write to it either.
 */
public final class RunFolder implements AutoCloseable {

  private static final String JOURNAL = "measurements.jsonl";
  private static final String OWNER = "sweep.json";

  /** The file that a run writes last. */
  static final String MANIFEST = "manifest.json";

  private static final String UNFINISHED = ".part";

  /** Stays when the run ends: who deleted it could delete one that another run has just locked. */
  private static final String LOCK = ".lock";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final FileChannel lock;

  private RunFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * What a folder belongs to.
   *
   * @param sweep digest of the sweep file
   * @param shard which part of the sweep, as {@code 2/5}; empty for all of it
   */
  public record Owner(String sweep, String shard) {

    /** All of a sweep. */
    public static Owner ofAll(String sweep) {
      return new Owner(sweep, "");
    }

    private static Owner of(JsonNode json) {
      return new Owner(json.path("sweep_sha256").asText(), json.path("shard").asText());
    }

    private String json() {
      String part = shard.isEmpty() ? "" : ",\"shard\":\"" + shard + "\"";
      return "{\"sweep_sha256\":\"" + sweep + "\"" + part + "}\n";
    }
  }

  /**
   * The folder at {@code path}, made if missing.
   *
   * @param owner the sweep, or part of one, that runs
   * @throws InputException if it cannot be written, holds other files, belongs to another sweep, or
   *     is open in another run
   */
  public static RunFolder claim(Path path, Owner owner) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new InputException(path.toString(), "must be a folder, not a file");
      }
      Files.createDirectories(path);
      requireOwn(path, owner);
      RunFolder folder = new RunFolder(path, lock(path));
      folder.take(owner);
      return folder;
    } catch (IOException e) {
      throw new InputException(
          path.toString(), "a folder that can be written is needed: " + OutputFolder.reason(e), e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isLocked(channel)) {
      return channel;
    }
    channel.close();
    throw new InputException(
        path.toString(), "is being written to by another run; wait for it or choose another --out");
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another run in this virtual machine has it.
      return false;
    }
  }

  /** Another run may have come between the look at the owner and the lock, hence a second look. */
  private void take(Owner owner) throws IOException {
    try {
      requireOwn(path, owner);
      removeUnfinished();
      write(OWNER, owner.json());
    } catch (IOException | InputException e) {
      close();
      throw e;
    }
  }

  private static void requireOwn(Path path, Owner claimant) throws IOException {
    Optional<Owner> owner = owner(path);
    if (owner.isEmpty() && !isEmpty(path)) {
      throw new InputException(
          path.toString(), "is not empty and holds no run of Macroscope; choose another --out");
    }
    if (owner.isPresent() && !owner.get().equals(claimant)) {
      throw new InputException(
          path.toString(),
          "holds a run of " + other(owner.get(), claimant) + "; choose another --out or delete it");
    }
  }

  private static String other(Owner owner, Owner claimant) {
    if (!owner.sweep().equals(claimant.sweep())) {
      return "another sweep file, or of another version of this one";
    }
    return owner.shard().isEmpty()
        ? "all of this sweep"
        : "shard " + owner.shard() + " of this sweep";
  }

  /** What the folder at a path belongs to; empty if it is no folder of a run. */
  static Optional<Owner> owner(Path path) throws IOException {
    Path file = path.resolve(OWNER);
    return Files.isRegularFile(file)
        ? Optional.of(Owner.of(JSON.readTree(Files.readString(file))))
        : Optional.empty();
  }

  private static boolean isEmpty(Path path) throws IOException {
    return files(path).stream()
        .allMatch(file -> file.toString().endsWith(UNFINISHED) || file.endsWith(LOCK));
  }

  private static List<Path> files(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    }
  }

  private void removeUnfinished() throws IOException {
    for (Path file : files(path)) {
      if (file.toString().endsWith(UNFINISHED)) {
        Files.delete(file);
      }
    }
  }

  /** Where the folder is. */
  public Path path() {
    return path;
  }

  /** The file of measurements. */
  public Path journal() {
    return journal(path);
  }

  static Path journal(Path folder) {
    return folder.resolve(JOURNAL);
  }

  /** Whether a run has measured here and not come to its report. */
  public boolean isUnfinished() throws IOException {
    return Files.isRegularFile(journal())
        && Files.size(journal()) > 0
        && !Files.exists(path.resolve(MANIFEST));
  }

  /** Takes the manifest away, which says that the run is complete: it no longer is. */
  public void begin() throws IOException {
    Files.deleteIfExists(path.resolve(MANIFEST));
  }

  /** Forgets what was measured here. */
  public void restart() throws IOException {
    begin();
    writeJournal("");
  }

  /** Replaces the file of measurements. */
  public void writeJournal(String text) throws IOException {
    write(JOURNAL, text);
  }

  /** Removes charts and tables of a former run that this one does not have. */
  void removeFiguresExcept(Set<String> names) throws IOException {
    for (Path file : files(path)) {
      String name = file.getFileName().toString();
      if (name.matches(".*\\.(png|svg|csv)") && !names.contains(name)) {
        Files.delete(file);
      }
    }
  }

  /** Writes a text file. */
  void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file. */
  void write(String name, byte[] bytes) throws IOException {
    Path unfinished = path.resolve(name + UNFINISHED);
    Files.write(unfinished, bytes);
    Files.move(
        unfinished,
        path.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Lets other runs have the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
