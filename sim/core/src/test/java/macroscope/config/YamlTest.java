package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  enum Colour {
    RED,
    DARK_BLUE
  }

  @Tagged("shape")
  sealed interface Shape permits Disc, SharpBox {}

  record Disc(double radius) implements Shape {
    Disc {
      if (!(radius > 0)) {
        throw new IllegalArgumentException("radius must be positive: " + radius);
      }
    }
  }

  record SharpBox(Axis<Integer> edgeLength) implements Shape {}

  record Page(
      String name,
      int count,
      double weight,
      boolean open,
      Colour colour,
      Optional<List<String>> tags,
      Map<String, Double> prices,
      Shape shape,
      Place place) {}

  private static final String GOOD =
      """
      # a comment
      name: first
      count: -3
      weight: 1e-3
      open: true
      colour: dark_blue
      prices: {b: 2, a: 0.5}
      shape:
        shape: sharp_box
        edge_length: [4, 8]
      """;

  @Test
  void aRecordIsReadFromItsKeysInSnakeCase() {
    Page page = Yaml.parse("x.yaml", GOOD, Page.class);
    assertThat(page)
        .isEqualTo(
            new Page(
                "first",
                -3,
                0.001,
                true,
                Colour.DARK_BLUE,
                Optional.empty(),
                Map.of("b", 2.0, "a", 0.5),
                new SharpBox(
                    new Axis<>(
                        List.of(
                            new Located<>(4, new Place("x.yaml", 10, "shape.edge_length[1]")),
                            new Located<>(8, new Place("x.yaml", 10, "shape.edge_length[2]"))))),
                new Place("x.yaml", 2, "")));
  }

  @Test
  void aMapKeepsTheOrderOfTheFile() {
    assertThat(Yaml.parse("x.yaml", GOOD, Page.class).prices().keySet()).containsExactly("b", "a");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: first        | nme: first          | x.yaml:2: nme: unknown key; did you mean name?
          name: first        | name: 8             | x.yaml:2: name: must be text, not the number 8
          name: first        | name:               | x.yaml:2: name: text must not be empty
          name: first        | name: ""            | x.yaml:2: name: text must not be empty
          name: first        | name: [a]           | x.yaml:2: name: must be text, not a list
          name: first        | name: *a            | x.yaml:2: name: aliases and tags are not read
          name: first        | name: !!str 7       | x.yaml:2: name: aliases and tags are not read
          name: first        | # nothing           | x.yaml:3: key name is missing
          count: -3          | count: 2.5          | x.yaml:3: count: must be a whole number, not the number 2.5
          count: -3          | count: "3"          | x.yaml:3: count: must be a whole number, not the text '3'
          count: -3          | count: 3000000000   | x.yaml:3: count: must lie in -2147483648..2147483647: 3000000000
          weight: 1e-3       | weight: .nan        | x.yaml:4: weight: must be a finite number, not the number .nan
          weight: 1e-3       | weight: 1e999       | x.yaml:4: weight: must be a finite number
          weight: 1e-3       | weight: heavy       | x.yaml:4: weight: must be a finite number, not the text 'heavy'
          open: true         | open: yes           | x.yaml:5: open: must be true or false, not the text 'yes'
          colour: dark_blue  | colour: green       | x.yaml:6: colour: must be one of red, dark_blue, not the text 'green'
          colour: dark_blue  | colour: red\\ncolour: red | x.yaml:7: colour: key is given twice
          colour: dark_blue  | colour: red\\ntags: []    | x.yaml:7: tags: list must not be empty
          {b: 2, a: 0.5}     | {b: two}            | x.yaml:7: prices.b: must be a finite number, not the text 'two'
          {b: 2, a: 0.5}     | 7                   | x.yaml:7: prices: must be a mapping of keys to values, not the number 7
          [4, 8]             | []                  | x.yaml:10: shape.edge_length: list must not be empty
          [4, 8]             | [4, 8, 4]           | x.yaml:10: shape.edge_length[3]: value is given twice: 4
          [4, 8]             | [4, x]              | x.yaml:10: shape.edge_length[2]: must be a whole number, not the text 'x'
          [4, 8]             | [4, 8               | x.yaml:10: is no YAML: while parsing a flow sequence
          shape: sharp_box   | shape: ball         | x.yaml:9: shape.shape: must be one of disc, sharp_box: ball
          shape: sharp_box   | shape: disc         | x.yaml:10: shape.edge_length: unknown key; known are radius, shape
          """)
  void aMistakeIsToldWithFileLineAndKey(String good, String bad, String message) {
    String text = GOOD.replace(good, bad.replace("\\n", "\n"));
    assertThatThrownBy(() -> Yaml.parse("x.yaml", text, Page.class))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aRuleOfTheRecordIsToldWithThePlaceOfItsMapping() {
    String text = GOOD.replace("shape: sharp_box", "shape: disc").replaceAll("edge.*", "radius: 0");
    assertThatThrownBy(() -> Yaml.parse("x.yaml", text, Page.class))
        .hasMessage("x.yaml:8: shape: radius must be positive: 0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''           | x.yaml: is empty
          - a          | x.yaml:1: must be a mapping of keys to values, not a list
          """)
  void aFileThatIsNoMappingIsRefused(String text, String message) {
    assertThatThrownBy(() -> Yaml.parse("x.yaml", text, Page.class)).hasMessage(message);
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> Yaml.read(Path.of("nowhere.yaml"), Page.class))
        .hasMessage("nowhere.yaml: file does not exist");
  }

  @Test
  void aFolderIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> Yaml.read(folder, Page.class))
        .hasMessage(folder + ": is a folder; a YAML file is wanted");
  }

  @Test
  void bytesThatAreNoTextAreRefused(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xc0});
    assertThatThrownBy(() -> Yaml.read(file, Page.class)).hasMessage(file + ": is no UTF-8 text");
  }

  @Test
  void aFileIsReadFromDisk(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("good.yaml");
    Files.write(file, GOOD.getBytes(StandardCharsets.UTF_8));
    assertThat(Yaml.read(file, Page.class).name()).isEqualTo("first");
  }
}
