package macroscope.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import macroscope.unit.DotProductUnit;

/** Tells builds of the program apart, so that no result of another build is taken for one of this. */
public final class CodeVersion {

  private CodeVersion() {}

  /** SHA-256 over the class files of the hardware models and of the simulator. */
  public static String current() {
    MessageDigest digest = Sha256.digest();
    for (Class<?> anchor : List.of(DotProductUnit.class, CodeVersion.class)) {
      try {
        add(digest, location(anchor));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Path location(Class<?> anchor) {
    CodeSource source = anchor.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("nobody knows where " + anchor + " came from");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A jar as it is; a folder file by file, in the order of their names. */
  private static void add(MessageDigest digest, Path location) throws IOException {
    if (Files.isRegularFile(location)) {
      digest.update(Files.readAllBytes(location));
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(location)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      digest.update(location.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
  }
}
