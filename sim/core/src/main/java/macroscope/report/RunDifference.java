package macroscope.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import macroscope.input.InputException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How two runs differ: prices and points that one of them lacks, every number that is not the same in
 * both, and how the fronts moved. Points are told apart by what they are, not by their numbers, so that a design added in the
 * middle of a sweep moves nothing.
 */
public final class RunDifference {

  private static final List<String> HEADS =
      List.of("kind", "subject", "quantity", "before", "after", "change");
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  /** A table whose rows are told apart by the cells of some columns. */
  private enum Table {
    PRICE("prices.csv", Set.of("technology", "quantity", "part", "per"), Set.of()),
    POINT(
        "points.csv",
        Set.of(
            "block",
            "model",
            "weights",
            "activations",
            "calibration",
            "unit",
            "machine",
            "technology"),
        Set.of("point", "on_fronts"));

    private final String file;
    private final Set<String> identity;
    private final Set<String> numbering;

    Table(String file, Set<String> identity, Set<String> numbering) {
      this.file = file;
      this.identity = identity;
      this.numbering = numbering;
    }
  }

  private final List<List<Object>> rows = new ArrayList<>();

  private RunDifference() {}

  /**
   * The differences between the runs in two folders, a row each: prices first, then points, in the
   * order of the first run, then fronts: hypervolumes in a box of both, points that left or entered. {@code change} is relative to {@code before}, where both are numbers.
   *
   * @throws InputException if a folder holds no finished run
   */
  public static Listing between(Path before, Path after) throws IOException {
    RunDifference difference = new RunDifference();
    for (Table table : Table.values()) {
      difference.compare(table, read(before, table), read(after, table));
    }
    FrontMovement fronts = new FrontMovement(before, after, row -> name(row, Table.POINT));
    difference.rows.addAll(fronts.rows());
    return new Listing(HEADS, difference.rows);
  }

  private static Map<String, Map<String, String>> read(Path run, Table table) throws IOException {
    Path file = run.resolve(table.file);
    if (!Files.isRegularFile(file) || !Files.exists(run.resolve(RunFolder.MANIFEST))) {
      throw new InputException(run.toString(), "holds no finished run of a sweep over designs");
    }
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    Map<String, Integer> equals = new HashMap<>();
    try (CSVParser records = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      for (CSVRecord row : records) {
        Map<String, String> cells = new LinkedHashMap<>(row.toMap());
        String name = name(cells, table);
        int occurrence = equals.merge(name, 1, Integer::sum);
        cells.keySet().removeAll(table.identity);
        cells.keySet().removeAll(table.numbering);
        found.put(occurrence == 1 ? name : name + " #" + occurrence, cells);
      }
    }
    return found;
  }

  private static String name(Map<String, String> cells, Table table) {
    List<String> parts = new ArrayList<>();
    cells.forEach(
        (column, cell) -> {
          if (table.identity.contains(column) && !cell.isEmpty()) {
            parts.add(cell);
          }
        });
    return String.join(" | ", parts);
  }

  private void compare(
      Table table,
      Map<String, Map<String, String>> before,
      Map<String, Map<String, String>> after) {
    String kind = table.name().toLowerCase(Locale.ROOT);
    Set<String> subjects = new LinkedHashSet<>(before.keySet());
    subjects.addAll(after.keySet());
    for (String subject : subjects) {
      Map<String, String> old = before.get(subject);
      Map<String, String> now = after.get(subject);
      if (old == null) {
        rows.add(List.of(kind, subject, "", "absent", "present", ""));
      } else if (now == null) {
        rows.add(List.of(kind, subject, "", "present", "absent", ""));
      } else {
        compare(kind, subject, old, now);
      }
    }
  }

  private void compare(
      String kind, String subject, Map<String, String> before, Map<String, String> after) {
    Set<String> columns = new LinkedHashSet<>(before.keySet());
    columns.addAll(after.keySet());
    for (String column : columns) {
      String old = before.getOrDefault(column, "");
      String now = after.getOrDefault(column, "");
      if (!old.equals(now)) {
        rows.add(List.of(kind, subject, column, shown(old), shown(now), change(old, now)));
      }
    }
  }

  private static String shown(String cell) {
    return cell.isEmpty() ? "none" : cell;
  }

  /** As in +3.1 %; nothing where it would mean nothing. */
  static String change(String before, String after) {
    try {
      double change = (Double.parseDouble(after) / Double.parseDouble(before) - 1) * 100;
      return Double.isFinite(change) ? String.format(Locale.ROOT, "%+.2f%%", change) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
