package macroscope.verify;

/**
 * Measured times of matrix products on a real machine. No machine file describes these machines yet,
 * so that their rows are unsupported.
 */
final class TimesKind implements VectorKind {

  private final Columns columns;

  private TimesKind(Columns columns) {
    this.columns = columns;
  }

  /** Matrix products of a GPU. */
  static TimesKind ofGemms() {
    return new TimesKind(
        Columns.of("machine", "m", "n", "k", "a_type", "b_type", "d_type", "latency_ms"));
  }

  /** Matrix-vector products of lookup-table kernels, measured. */
  static TimesKind ofLookupKernels() {
    return new TimesKind(
        Columns.of(
            "machine",
            "kernel",
            "wbits",
            "kfactor",
            "act_k",
            "fast_aggregation",
            "zero_point",
            "unified",
            "m",
            "k",
            "compiler",
            "latency_ms"));
  }

  /** Matrix-vector products of lookup-table kernels, read off published plots. */
  static TimesKind ofPublishedKernels() {
    return new TimesKind(
        Columns.of(
            "machine", "kernel", "wbits", "m", "k", "n", "threads", "latency_ms", "uncertainty"));
  }

  @Override
  public String name() {
    return "times";
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Outcome replay(VectorRow row) {
    if (!(row.number("latency_ms") > 0)) {
      throw row.wrong("latency_ms", "must be above 0: " + row.text("latency_ms"));
    }
    return new Outcome.Unsupported(
        "machine " + VectorRow.shown(row.text("machine")) + " is not modelled");
  }
}
