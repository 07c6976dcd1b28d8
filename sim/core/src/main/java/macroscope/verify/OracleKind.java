package macroscope.verify;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Metric;
import macroscope.input.InputException;

/**
 * Accuracies of quantized networks that another program found with exact sums: a row passes if the exact
 * datapath is as near as the other program's arithmetic (double precision, another order of sums) allows.
 */
final class OracleKind implements VectorKind {
  /** A query of a retrieval: how far one near-tie moves a recall. */
  private static final String RECALL = "recall_at_";

  /** Largest difference of each metric; half of the last digit that is printed is always free. */
  private static final Map<String, Double> TOLERANCES =
      Map.of(
          "accuracy", 0.0015,
          "nll", 0.002,
          "bits_per_char", 0.002,
          "ppl_per_char", 0.01,
          "kl_bits_to_fp32", 0.002,
          "mrr", 0.005);

  private final Optional<Path> folder;
  private final Map<Path, OracleNetworks> networks = new ConcurrentHashMap<>();

  /**
   * @param folder where networks and data lie; beside the file if empty
   */
  OracleKind(Optional<Path> folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "oracle";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "model",
        "split",
        "scheme",
        "weights",
        "activations",
        "granularity",
        "quantized_layers",
        "metric",
        "value");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    OracleScheme scheme =
        new OracleScheme(
            row.text("scheme"),
            row.text("weights"),
            row.text("activations"),
            row.text("granularity"),
            row.text("quantized_layers"));
    try {
      scheme.quantization();
    } catch (IllegalArgumentException e) {
      return new Outcome.Unsupported(String.valueOf(e.getMessage()));
    }
    String metric = row.text("metric");
    if (!TOLERANCES.containsKey(metric) && !metric.startsWith(RECALL)) {
      return new Outcome.Unsupported("metric " + VectorRow.shown(metric) + " is not computed");
    }
    return compared(row, scheme, metric);
  }

  private Outcome compared(VectorRow row, OracleScheme scheme, String metric) {
    Path beside = folder.orElseGet(() -> parent(row.file()));
    OracleNetworks on = networks.computeIfAbsent(beside, OracleNetworks::new);
    Optional<AccuracyResult> result;
    try {
      result = on.result(row.text("model"), row.text("split"), scheme);
    } catch (InputException e) {
      return new Outcome.Unsupported(String.valueOf(e.getMessage()));
    }
    if (result.isEmpty()) {
      return new Outcome.Unsupported("no data of the split " + VectorRow.shown(row.text("split")));
    }
    Optional<Metric> found = result.get().metric(metric);
    return found
        .map(m -> outcome(row, m, result.get().samples()))
        .orElseGet(() -> new Outcome.Unsupported("the task has no metric " + metric));
  }

  private static Path parent(String file) {
    return Optional.ofNullable(Path.of(file).toAbsolutePath().getParent()).orElse(Path.of("."));
  }

  private static Outcome outcome(VectorRow row, Metric found, int samples) {
    double expected = row.number("value");
    double tolerance =
        TOLERANCES.getOrDefault(found.name(), 2.0 / samples) + 0.5e-9; // one of samples / 2 queries
    boolean near = Math.abs(found.value() - expected) <= tolerance;
    return near
        ? new Outcome.Passed()
        : new Outcome.Failed(
            "value", row.text("value"), String.format(Locale.ROOT, "%.9f", found.value()));
  }
}
