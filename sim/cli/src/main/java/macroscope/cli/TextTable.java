package macroscope.cli;

import java.util.List;

/**
 * A table for people: columns as wide as their widest cell, two spaces apart.
 *
 * @param header names of the columns
 * @param leftAligned columns from the left that are aligned left; the rest hold numbers
 */
record TextTable(List<String> header, int leftAligned) {

  /** The header and these rows, each a line. */
  String rows(List<List<String>> rows) {
    int[] widths = header.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    append(text, header, widths);
    rows.forEach(row -> append(text, row, widths));
    return text.toString();
  }

  private void append(StringBuilder text, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i < leftAligned ? row.get(i) + padding : padding + row.get(i)).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
