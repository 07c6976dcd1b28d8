package macroscope.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import macroscope.input.InputException;

/**
 * Reads YAML files into records, strictly: no unknown key, no missing key, no value of another type,
 * no key twice. The keys of a record are its components in snake case.
 *
 * <p>Component types: {@code String, int, long, double, boolean}, enums (constants in lower case),
 * {@code Optional} (the key may be missing), {@code List} (may be empty only if the record says so by
 * {@code Optional}), {@link Axis} (one value or a list), {@code Map<String, T>} in file order, {@link
 * Located}, records, and sealed interfaces marked {@link Tagged}. A component of type {@link Place}
 * is no key: it receives where the mapping stands. An {@link IllegalArgumentException} out of a
 * record's constructor is told with the mapping's place.
 */
public final class Yaml {

  private Yaml() {}

  /**
   * The record that a file holds.
   *
   * @throws InputException naming file, line and key for whatever does not fit
   */
  public static <T> T read(Path file, Class<T> type) {
    return parse(file.toString(), text(file), type);
  }

  /** The record that a text holds, named {@code file} in messages. */
  public static <T> T parse(String file, String text, Class<T> type) {
    return type.cast(new Binder().bind(YamlTree.parse(file, text), type));
  }

  static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw Place.of(file.toString()).refuse("is a folder; a YAML file is wanted");
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw Place.of(file.toString()).refuse("file does not exist");
    } catch (CharacterCodingException e) {
      throw Place.of(file.toString()).refuse("is no UTF-8 text");
    } catch (IOException e) {
      throw Place.of(file.toString()).refuse("cannot be read: " + e.getMessage());
    }
  }
}
