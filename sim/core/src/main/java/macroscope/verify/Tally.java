package macroscope.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts the outcomes of a file's rows in their order; keeps few of them, however long the file. */
final class Tally {

  private static final int MOST_REASONS = 100;
  private static final String OTHER_REASONS = "other reasons";

  private final int failuresKept;
  private final List<FileReport.Failure> failures = new ArrayList<>();
  private final TreeMap<String, Long> reasons = new TreeMap<>();
  private final Map<String, Series> series = new LinkedHashMap<>();
  private long rows;
  private long passed;
  private long failed;
  private long unsupported;

  Tally(int failuresKept) {
    this.failuresKept = failuresKept;
  }

  /** Counts one row. */
  void add(String id, Outcome outcome) {
    rows++;
    if (outcome instanceof Outcome.Passed) {
      passed++;
    } else if (outcome instanceof Outcome.Failed what) {
      failed++;
      if (failures.size() < failuresKept) {
        failures.add(new FileReport.Failure(id, what));
      }
    } else if (outcome instanceof Outcome.Unsupported why) {
      unsupported++;
      boolean full = reasons.size() >= MOST_REASONS && !reasons.containsKey(why.reason());
      reasons.merge(full ? OTHER_REASONS : why.reason(), 1L, Long::sum);
    } else if (outcome instanceof Outcome.Measured measured) {
      measured.predictions().forEach(this::add);
    }
  }

  private void add(Outcome.Prediction p) {
    series.computeIfAbsent(p.metric(), name -> new Series()).add(p);
  }

  /** What was counted. */
  FileReport report(String file, VectorKind kind, Optional<ErrorBound> bound) {
    Map<String, ErrorStatistics> metrics = new TreeMap<>();
    series.forEach((metric, pairs) -> metrics.put(metric, pairs.statistics()));
    return new FileReport(
        file,
        kind.name(),
        kind.exact(),
        rows,
        passed,
        failed,
        unsupported,
        failures,
        reasons,
        metrics,
        bound);
  }

  /** Predictions and measurements of one metric. */
  private static final class Series {
    private final List<Double> predicted = new ArrayList<>();
    private final List<Double> measured = new ArrayList<>();
    private int uncertain;
    private int within;

    void add(Outcome.Prediction one) {
      predicted.add(one.predicted());
      measured.add(one.measured());
      one.uncertainty()
          .ifPresent(
              known -> {
                uncertain++;
                within += known.holds(one.predicted(), one.measured()) ? 1 : 0;
              });
    }

    ErrorStatistics statistics() {
      return ErrorStatistics.of(array(predicted), array(measured)).with(uncertain, within);
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
