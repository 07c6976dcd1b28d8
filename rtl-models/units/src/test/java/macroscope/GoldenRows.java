package macroscope;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Rows of a vector file among the test resources, by column name. */
public final class GoldenRows {

  private GoldenRows() {}

  /** All rows of {@code vectors/formats/name.csv.gz}. */
  public static List<Map<String, String>> of(String name) {
    String resource = "/macroscope/vectors/formats/" + name + ".csv.gz";
    try (var stream = Objects.requireNonNull(GoldenRows.class.getResourceAsStream(resource));
        var reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8))) {
      String[] header = reader.readLine().split(",");
      return reader.lines().map(line -> row(header, line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(String[] header, String[] fields) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      row.put(header[i], fields[i]);
    }
    return row;
  }

  /** A binary64 from its hex digits. */
  public static double binary64(String hex) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16));
  }

  /** Words of equally many hex digits. */
  public static long[] words(String hex, int count) {
    int width = hex.length() / count;
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = Long.parseLong(hex.substring(i * width, (i + 1) * width), 16);
    }
    return words;
  }
}
