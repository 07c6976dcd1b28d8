package macroscope.accuracy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import macroscope.input.InputException;

/** Reads which id each character has: a JSON object of one-character names and numbers. */
public final class Vocabulary {
  private Vocabulary() {}

  /** Id of each code point. */
  public static Map<Integer, Integer> read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file.toString(), "a JSON file that can be read is needed", e);
    }
  }

  static Map<Integer, Integer> parse(String name, byte[] json) {
    Map<Integer, Integer> ids = new HashMap<>();
    entries(name, json)
        .forEach(
            (character, id) -> {
              if (character.codePointCount(0, character.length()) != 1 || id == null || id < 0) {
                throw new InputException(
                    name, "entries must be one character and its id: \"" + character + "\": " + id);
              }
              ids.put(character.codePointAt(0), id);
            });
    return ids;
  }

  private static Map<String, Integer> entries(String name, byte[] json) {
    try {
      return new ObjectMapper().readValue(json, new TypeReference<Map<String, Integer>>() {});
    } catch (IOException e) {
      throw new InputException(name, "a JSON object of characters and ids is needed", e);
    }
  }
}
