package macroscope.verify;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What replaying one file gave.
 *
 * @param file the file as the user named it
 * @param kind name of its kind
 * @param exact whether its rows pass or fail; otherwise they are measurements
 * @param rows rows read
 * @param passed exact rows that agree
 * @param failed exact rows that differ
 * @param unsupported rows that ask for what Macroscope does not model
 * @param failures the first rows that differ, in the file's order
 * @param reasons why rows are unsupported, with how many
 * @param metrics errors of the predictions, by metric
 * @param bound of each metric's errors, where the text beside the file states one
 */
public record FileReport(
    String file,
    String kind,
    boolean exact,
    long rows,
    long passed,
    long failed,
    long unsupported,
    List<Failure> failures,
    SortedMap<String, Long> reasons,
    Map<String, ErrorStatistics> metrics,
    Optional<ErrorBound> bound) {

  public FileReport {
    failures = List.copyOf(failures);
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** Whether no row failed and none was unsupported, and errors are within what is stated of them. */
  public boolean holds() {
    return failed == 0
        && unsupported == 0
        && metrics.values().stream()
            .allMatch(errors -> isWithinBound(errors) && errors.within() == errors.uncertain());
  }

  /** Whether errors are within the stated bound, if there is one. */
  public boolean isWithinBound(ErrorStatistics errors) {
    return bound.map(stated -> stated.holds(errors)).orElse(true);
  }

  /**
   * A row that differs from the model.
   *
   * @param id the row's id, or its line where the kind has no ids
   * @param what the first difference
   */
  public record Failure(String id, Outcome.Failed what) {}
}
