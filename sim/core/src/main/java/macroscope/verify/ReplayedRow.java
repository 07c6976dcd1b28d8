package macroscope.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a vector file, held against the models.
 *
 * @param kind of the file
 * @param id of the row, or its line
 * @param fields column and text, in the order of the header
 * @param outcome what replaying it gave
 * @param dot what it holds if it is a dot product of an instruction that is known
 */
public record ReplayedRow(
    String kind,
    String id,
    List<Map.Entry<String, String>> fields,
    Outcome outcome,
    Optional<DotRow> dot) {
  public ReplayedRow {
    fields = List.copyOf(fields);
  }
}
