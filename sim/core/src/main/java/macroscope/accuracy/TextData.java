package macroscope.accuracy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import macroscope.input.InputException;

/**
 * A text cut into windows for a character language model. Window w holds characters {@code w * length
 * .. (w + 1) * length - 1} and predicts each one's successor; no context passes from window to window;
 * characters after the last whole window are left out.
 */
public final class TextData implements Dataset {
  private final String name;
  private final int[] ids;
  private final int length;

  private TextData(String name, int[] ids, int length) {
    this.name = name;
    this.ids = ids;
    this.length = length;
  }

  /** The windows of a text file in UTF-8. */
  public static TextData read(Path file, Map<Integer, Integer> vocabulary, int length) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return of(file.toString(), text, vocabulary, length);
    } catch (IOException e) {
      throw new InputException(file.toString(), "a UTF-8 text file that can be read is needed", e);
    }
  }

  /**
   * The windows of a text.
   *
   * @param vocabulary id of each code point
   * @param length characters of a window
   */
  static TextData of(String name, String text, Map<Integer, Integer> vocabulary, int length) {
    int[] points = text.codePoints().toArray();
    if (points.length < length + 1) {
      throw new InputException(
          name, "a window needs " + (length + 1) + " characters: " + points.length);
    }
    int[] ids = new int[points.length];
    int line = 1;
    for (int i = 0; i < ids.length; i++) {
      Integer id = vocabulary.get(points[i]);
      if (id == null) {
        throw new InputException(
            name + ":" + line, String.format("the vocabulary has no character U+%04X", points[i]));
      }
      ids[i] = id;
      line += points[i] == '\n' ? 1 : 0;
    }
    return new TextData(name, ids, length);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return (ids.length - 1) / length;
  }

  @Override
  public int sampleSize() {
    return length;
  }

  @Override
  public int targets() {
    return length;
  }

  @Override
  public void input(int sample, double[] out, int at) {
    for (int i = 0; i < length; i++) {
      out[at + i] = ids[sample * length + i];
    }
  }

  @Override
  public int target(int sample, int position) {
    return ids[sample * length + position + 1];
  }

  @Override
  public int largestTarget() {
    return Arrays.stream(ids).max().orElse(0);
  }

  @Override
  public String digest() {
    return Digest.of(length + " " + Arrays.toString(ids));
  }
}
