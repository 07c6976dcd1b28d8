package macroscope.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.config.YamlNode.Mapping;
import macroscope.config.YamlNode.Scalar;
import macroscope.config.YamlNode.Sequence;

/** Reads one YAML document into nodes; refuses duplicate keys, aliases and a second document. */
final class YamlTree {

  private final String file;
  private final YAMLParser parser;

  private YamlTree(String file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static YamlNode parse(String file, String text) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();
    try (YAMLParser parser = factory.createParser(text)) {
      return new YamlTree(file, parser).document();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new Place(file, line, "").refuse("is no YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw Place.of(file).refuse(e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  private YamlNode document() throws IOException {
    if (parser.nextToken() == null) {
      throw Place.of(file).refuse("is empty");
    }
    YamlNode node = node(place(""));
    if (parser.nextToken() != null) {
      throw place("").refuse("a second document is not read");
    }
    return node;
  }

  private Place place(String key) {
    return new Place(file, parser.currentTokenLocation().getLineNr(), key);
  }

  private YamlNode node(Place place) throws IOException {
    if (parser.isCurrentAlias() || parser.getTypeId() != null) {
      throw place.refuse("aliases and tags are not read");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(place);
      case START_ARRAY -> sequence(place);
      case VALUE_STRING -> new Scalar(place, parser.getText(), Scalar.Type.TEXT);
      case VALUE_NUMBER_INT -> new Scalar(place, parser.getText(), Scalar.Type.INTEGER);
      case VALUE_NUMBER_FLOAT -> new Scalar(place, parser.getText(), Scalar.Type.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, parser.getText(), Scalar.Type.FLAG);
      default -> new Scalar(place, "", Scalar.Type.NOTHING);
    };
  }

  private Mapping mapping(Place place) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String path = place.key().isEmpty() ? name : place.key() + "." + name;
      Place keyPlace = place(path);
      parser.nextToken();
      if (entries.put(name, node(keyPlace)) != null) {
        throw keyPlace.refuse("key is given twice");
      }
    }
    return new Mapping(place, entries);
  }

  private Sequence sequence(Place place) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place(place.key() + "[" + (items.size() + 1) + "]")));
    }
    return new Sequence(place, List.copyOf(items));
  }
}
