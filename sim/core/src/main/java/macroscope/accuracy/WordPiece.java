package macroscope.accuracy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import macroscope.input.InputException;

/**
 * BERT's tokenizer (arXiv 1810.04805, section 4.1): words and punctuation apart, each word as the longest
 * pieces that the vocabulary has, [CLS] before and [SEP] behind.
 */
public final class WordPiece {
  private static final int LONGEST_WORD = 100; // max_input_chars_per_word of BERT's tokenizer
  private static final String INSIDE = "##";

  private final Map<String, Integer> vocabulary;
  private final boolean lowercase;
  private final int first;
  private final int last;
  private final int unknown;

  private WordPiece(String name, Map<String, Integer> vocabulary, boolean lowercase) {
    this.vocabulary = vocabulary;
    this.lowercase = lowercase;
    this.first = special(name, "[CLS]");
    this.last = special(name, "[SEP]");
    this.unknown = special(name, "[UNK]");
  }

  private int special(String name, String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new InputException(name, "the vocabulary must have " + token);
    }
    return id;
  }

  /** The tokenizer of a {@code tokenizer.json} file of Hugging Face's tokenizers, of model WordPiece. */
  public static WordPiece read(Path file) {
    try {
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file.toString(), "a JSON file that can be read is needed", e);
    }
  }

  static WordPiece read(String name, byte[] json) {
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      JsonNode model = root.path("model");
      if (!model.path("vocab").isObject()
          || !model.path("type").asText("WordPiece").equals("WordPiece")) {
        throw new InputException(name, "a tokenizer.json of model WordPiece is needed");
      }
      Map<String, Integer> vocabulary = new HashMap<>();
      model
          .path("vocab")
          .properties()
          .forEach(e -> vocabulary.put(e.getKey(), e.getValue().asInt()));
      return new WordPiece(
          name, vocabulary, root.path("normalizer").path("lowercase").asBoolean(true));
    } catch (IOException e) {
      throw new InputException(name, "not a JSON file: " + e.getMessage(), e);
    }
  }

  /** Ids of a text's tokens. */
  public int[] ids(String text) {
    List<Integer> ids = new ArrayList<>();
    ids.add(first);
    words(normalized(text)).forEach(word -> add(word, ids));
    ids.add(last);
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private String normalized(String text) {
    if (!lowercase) {
      return text;
    }
    String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    StringBuilder plain = new StringBuilder();
    apart
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Words and single marks of punctuation; ideographs stand alone, control characters are dropped. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      boolean space =
          Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
      boolean alone = isPunctuation(c) || Character.isIdeographic(c);
      if (space || alone) {
        flush(word, words);
      }
      if (alone) {
        words.add(Character.toString(c));
      } else if (!space && !isControl(c)) {
        word.appendCodePoint(c);
      }
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return c == 0xFFFD || type == Character.CONTROL || type == Character.FORMAT;
  }

  /** All ASCII that is no letter, digit or space counts, as in BERT. */
  private static boolean isPunctuation(int c) {
    boolean ascii =
        c >= 33 && c <= 47 || c >= 58 && c <= 64 || c >= 91 && c <= 96 || c >= 123 && c <= 126;
    return ascii
        || switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }

  private void add(String word, List<Integer> ids) {
    List<Integer> pieces = new ArrayList<>();
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      while (to > from && !vocabulary.containsKey(piece(word, from, to))) {
        to--;
      }
      if (to == from || word.length() > LONGEST_WORD) {
        ids.add(unknown);
        return;
      }
      pieces.add(vocabulary.getOrDefault(piece(word, from, to), unknown));
      from = to;
    }
    ids.addAll(pieces);
  }

  private static String piece(String word, int from, int to) {
    return (from == 0 ? "" : INSIDE) + word.substring(from, to);
  }
}
