package macroscope.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the published tables of {@code machines/} by their columns. */
public final class PublishedRows {

  private PublishedRows() {}

  public static List<Map<String, String>> of(String name) {
    try (InputStream in = PublishedRows.class.getResourceAsStream("/machines/" + name)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      String[] columns = lines.get(0).split(",");
      return lines.stream().skip(1).map(line -> row(columns, line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(String[] columns, String[] cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], cells[i]);
    }
    return row;
  }

  public static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  public static int whole(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }
}
