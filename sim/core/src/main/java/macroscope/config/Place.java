package macroscope.config;

import java.util.function.Supplier;
import macroscope.input.InputException;

/**
 * Where something stands in an input file.
 *
 * @param file path as the user gave it
 * @param line line, from 1; 0 for the file as a whole
 * @param key path of keys from the top of the file: {@code designs[2].units[1].length}; empty at the
 *     top
 */
public record Place(String file, int line, String key) {

  /** A whole file. */
  public static Place of(String file) {
    return new Place(file, 0, "");
  }

  /** The refusal of what stands here; to be thrown. */
  public InputException refuse(String rule) {
    return new InputException(toString(), rule);
  }

  /** The refusal of what stands here, as another exception revealed it; to be thrown. */
  public InputException refuse(Throwable cause) {
    return new InputException(toString(), String.valueOf(cause.getMessage()), cause);
  }

  /**
   * What is made of what stands here.
   *
   * @throws InputException with this place if making it throws an {@link IllegalArgumentException}
   */
  public <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw refuse(e);
    }
  }

  /** {@code file:line: key}, as compilers write it. */
  @Override
  public String toString() {
    String position = line > 0 ? file + ":" + line : file;
    return key.isEmpty() ? position : position + ": " + key;
  }
}
