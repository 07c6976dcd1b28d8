package macroscope.input;

import java.nio.file.Path;
import java.util.Optional;

/** Where the user keeps what can be made again: {@code $XDG_CACHE_HOME/macroscope} or {@code ~/.cache/macroscope}. */
public final class UserCache {

  private UserCache() {}

  /** The folder; it need not exist yet. */
  public static Path folder() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("macroscope");
  }
}
