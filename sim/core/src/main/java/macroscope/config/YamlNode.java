package macroscope.config;

import java.util.List;
import java.util.Map;

/** A YAML document as a tree that knows where each part was written. */
sealed interface YamlNode {

  Place place();

  /** What it is, for messages. */
  String kind();

  /**
   * One value, as written.
   *
   * @param type what YAML takes it for
   */
  record Scalar(Place place, String text, Type type) implements YamlNode {
    enum Type {
      TEXT,
      INTEGER,
      NUMBER,
      FLAG,
      NOTHING
    }

    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> "the text '" + text + "'";
        case INTEGER, NUMBER -> "the number " + text;
        case FLAG -> "the flag " + text;
        case NOTHING -> "nothing";
      };
    }
  }

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, in the order of the file. */
  record Mapping(Place place, Map<String, YamlNode> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }
}
