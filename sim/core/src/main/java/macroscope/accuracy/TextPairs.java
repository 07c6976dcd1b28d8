package macroscope.accuracy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import macroscope.input.InputException;

/**
 * Queries and their answers, a line each, with a tab between: as texts or as ids of tokens with spaces
 * between. A sample is one text; query and answer take turns.
 */
public final class TextPairs implements Dataset {
  private final String name;
  private final List<int[]> texts;

  private TextPairs(String name, List<int[]> texts) {
    this.name = name;
    this.texts = texts;
  }

  /**
   * The pairs of a file in UTF-8.
   *
   * @param tokens what cuts texts into tokens; asked for only if the file has texts
   */
  public static TextPairs read(Path file, Supplier<WordPiece> tokens) {
    try {
      return of(file.toString(), Files.readString(file, StandardCharsets.UTF_8), tokens);
    } catch (IOException e) {
      throw new InputException(file.toString(), "a UTF-8 text file that can be read is needed", e);
    }
  }

  static TextPairs of(String name, String content, Supplier<WordPiece> tokens) {
    List<String> lines = content.lines().toList();
    boolean ids = content.chars().allMatch(c -> c >= '0' && c <= '9' || " \t\r\n".indexOf(c) >= 0);
    Function<String, int[]> cut = ids ? text -> ids(name, text) : tokens.get()::ids;
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\t", -1);
      if (cells.length != 2 || cells[0].isBlank() || cells[1].isBlank()) {
        throw new InputException(
            name + ", line " + (i + 1), "must be a query, a tab and its answer: " + lines.get(i));
      }
      texts.add(cut.apply(cells[0]));
      texts.add(cut.apply(cells[1]));
    }
    if (texts.isEmpty()) {
      throw new InputException(name, "must have lines of a query, a tab and its answer");
    }
    return new TextPairs(name, texts);
  }

  private static int[] ids(String name, String text) {
    try {
      return Arrays.stream(text.trim().split(" +")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new InputException(name, "ids must be numbers below 2^31: " + text, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public int sampleSize() {
    return texts.stream().mapToInt(text -> text.length).max().orElse(0);
  }

  @Override
  public int targets() {
    return 1;
  }

  @Override
  public void input(int sample, double[] out, int at) {
    int[] ids = texts.get(sample);
    for (int i = 0; i < ids.length; i++) {
      out[at + i] = ids[i];
    }
  }

  @Override
  public int target(int sample, int position) {
    return 0;
  }

  @Override
  public int largestTarget() {
    return 0;
  }

  @Override
  public Optional<Task> task() {
    return Optional.of(Task.RETRIEVAL);
  }

  @Override
  public int sampleSize(int sample) {
    return texts.get(sample).length;
  }

  @Override
  public String digest() {
    return Digest.of(texts.stream().map(Arrays::toString).toList().toString());
  }
}
