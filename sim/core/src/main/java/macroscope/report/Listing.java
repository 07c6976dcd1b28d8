package macroscope.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;

/**
 * Rows under named columns, printed as a table for people, as CSV or as JSON.
 *
 * @param columns names as programs want them: lower case, underscores, units included
 * @param rows cells in the order of the columns: strings, numbers, booleans; an empty string where a
 *     row has nothing to say
 */
public record Listing(List<String> columns, List<List<Object>> rows) {

  public Listing {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("a row must have " + columns.size() + " cells: " + row);
      }
    }
  }

  /** Columns aligned with blanks, numbers to the right; columns that are empty throughout left out. */
  public String table() {
    int[] shown = IntStream.range(0, columns.size()).filter(this::hasContent).toArray();
    StringBuilder text = new StringBuilder();
    appendLine(text, shown, columns.stream().map(name -> (Object) name.replace('_', ' ')).toList());
    rows.forEach(row -> appendLine(text, shown, row));
    return text.toString();
  }

  private boolean hasContent(int column) {
    return rows.isEmpty() || rows.stream().anyMatch(row -> !row.get(column).equals(""));
  }

  private void appendLine(StringBuilder text, int[] shown, List<Object> cells) {
    StringBuilder line = new StringBuilder();
    for (int column : shown) {
      String flag = numeric(column) ? "" : "-";
      line.append(
          String.format(Locale.ROOT, "%" + flag + width(column) + "s  ", cells.get(column)));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private boolean numeric(int column) {
    return rows.stream().map(row -> row.get(column)).anyMatch(Number.class::isInstance);
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(r -> r.get(column).toString().length()).max().orElse(0);
    return Math.max(widest, columns.get(column).length());
  }

  /** A header line and one line a row, as RFC 4180 has it but with line feeds. */
  public String csv() {
    StringBuilder out = new StringBuilder(CSVFormat.DEFAULT.format(columns.toArray())).append('\n');
    rows.forEach(row -> out.append(CSVFormat.DEFAULT.format(row.toArray())).append('\n'));
    return out.toString();
  }

  /** An array of objects; cells that are empty are left out. */
  public ArrayNode jsonArray() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> array.add(object(row)));
    return array;
  }

  /** {@link #jsonArray} in one line. */
  public String json() {
    return jsonArray() + "\n";
  }

  private ObjectNode object(List<Object> row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < columns.size(); i++) {
      put(node, columns.get(i), row.get(i));
    }
    return node;
  }

  private static void put(ObjectNode node, String name, Object cell) {
    if (cell instanceof Integer || cell instanceof Long) {
      node.put(name, ((Number) cell).longValue());
    } else if (cell instanceof Double number && Double.isFinite(number)) {
      node.put(name, number);
    } else if (cell instanceof Boolean flag) {
      node.put(name, flag);
    } else if (!cell.equals("")) {
      node.put(name, cell.toString());
    }
  }
}
