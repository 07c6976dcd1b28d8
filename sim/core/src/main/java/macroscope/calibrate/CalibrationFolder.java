package macroscope.calibrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import macroscope.input.UserCache;

/**
 * Calibrations in files, one each, named by the digest of the program and of all they depend on. A file
 * is whole or not there, and one that does not read as a calibration counts as not there. Those unused for longest go
 * when the folder has grown beyond its size. Nothing but time is lost when the folder is deleted, or cannot be
 * written.
 */
public final class CalibrationFolder implements CalibrationStore {
  private static final String SUFFIX = ".calibration.gz";
  private static final String PART = "part";
  private static final Duration ABANDONED = Duration.ofHours(1);
  private static final long MOST_BYTES = 1L << 30;

  private final Path folder;
  private final String codeVersion;
  private final long mostBytes;

  /**
   * @param codeVersion digest of the program: no build reads what another wrote
   * @param mostBytes that the files may take together
   */
  CalibrationFolder(Path folder, String codeVersion, long mostBytes) {
    this.folder = folder;
    this.codeVersion = codeVersion;
    this.mostBytes = mostBytes;
  }

  /** The folder {@code calibrations} of the user's cache, of 1 GiB at most. */
  public static CalibrationFolder ofUser(String codeVersion) {
    return new CalibrationFolder(
        UserCache.folder().resolve("calibrations"), codeVersion, MOST_BYTES);
  }

  private Path file(String key) {
    return folder.resolve(codeVersion + "-" + key + SUFFIX);
  }

  @Override
  public Optional<Calibration> find(String key) {
    Path file = file(key);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Object read = ObjectBytes.read(in);
      // The checksum of the stream stands behind its last byte.
      if (in.read() >= 0 || !(read instanceof Calibration calibration)) {
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Optional.of(calibration);
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong with it: what cannot be read is found anew and written over it.
      return Optional.empty();
    }
  }

  @Override
  public void keep(String key, Calibration calibration) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, PART, null);
      try {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
          ObjectBytes.write(calibration, out);
        }
        Files.move(
            part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      shrink();
    } catch (IOException | RuntimeException e) {
      // Kryo tells what streams throw as an exception of its own. A home that cannot be written, a
      // full disk: the calibration itself is at hand.
    }
  }

  /** Parts are those of runs that were killed, unless younger: then one may be about to be named. */
  private static boolean counts(Path file, Instant now) throws IOException {
    return file.toString().endsWith(SUFFIX)
        || file.getFileName().toString().startsWith(PART)
            && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ABANDONED));
  }

  private record Kept(Path path, long bytes, FileTime used) {}

  private void shrink() throws IOException {
    List<Kept> files = new ArrayList<>();
    Instant now = Instant.now();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path path : (Iterable<Path>) list::iterator) {
        if (counts(path, now)) {
          files.add(new Kept(path, Files.size(path), Files.getLastModifiedTime(path)));
        }
      }
    }
    files.sort(Comparator.comparing(Kept::used).thenComparing(Kept::path));
    long bytes = files.stream().mapToLong(Kept::bytes).sum();
    for (Kept oldest : files) {
      if (bytes <= mostBytes) {
        return;
      }
      Files.deleteIfExists(oldest.path());
      bytes -= oldest.bytes();
    }
  }
}
