package macroscope.verify;

import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import macroscope.machine.cpu.BaselineKernel;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.CpuTime;
import macroscope.machine.cpu.Kernel;
import macroscope.machine.cpu.TmacKernel;

/**
 * Measured matrix-vector products of lookup-table kernels and their baselines on processor cores.
 * Files that say nothing of T-MAC's parameters mean those that it is tuned to: 16 tables an iteration
 * and a scale of activations, no fast aggregation.
 */
final class KernelTimes implements TimesReader<CpuCore> {

  private static final int MOST = 1 << 20;
  private static final String TMAC = "t-mac";
  private static final Map<String, Boolean> FLAGS = Map.of("0", false, "1", true);
  private static final int TUNED_TABLES = 16;

  private final Columns columns;
  private final Map<String, CpuCore> cores;

  private KernelTimes(Columns columns, Map<String, CpuCore> cores) {
    this.columns = columns;
    this.cores = cores;
  }

  /** Files that name every parameter and the compiler. */
  static KernelTimes measured(Map<String, CpuCore> cores) {
    return new KernelTimes(
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
            TimesKind.LATENCY),
        cores);
  }

  /** Files of what was published, with how exactly it could be read off. */
  static KernelTimes published(Map<String, CpuCore> cores) {
    return new KernelTimes(
        Columns.of(
            "machine",
            "kernel",
            "wbits",
            "m",
            "k",
            "n",
            "threads",
            TimesKind.LATENCY,
            TimesKind.UNCERTAINTY),
        cores);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public Map<String, CpuCore> machines() {
    return cores;
  }

  @Override
  public Optional<ToDoubleFunction<CpuCore>> milliseconds(VectorRow row, CpuCore machine) {
    int depth = row.integer("k", 1, MOST);
    int vectors = row.has("n") ? row.integer("n", 1, MOST) : 1;
    int rows = rowsOfAThread(row);
    return kernel(row)
        .filter(kernel -> machine.time(kernel, rows, depth).isPresent())
        .map(kernel -> core -> vectors * milliseconds(core, kernel, rows, depth));
  }

  /** Threads share the rows of weights, each on a core of its own whose memory is no slower for it. */
  private static int rowsOfAThread(VectorRow row) {
    int rows = row.integer("m", 1, MOST);
    int threads = row.has("threads") ? row.integer("threads", 1, MOST) : 1;
    return (rows + threads - 1) / threads;
  }

  private static double milliseconds(CpuCore core, Kernel kernel, int rows, int depth) {
    return core.time(kernel, rows, depth).map(CpuTime::milliseconds).orElseThrow();
  }

  private static boolean compiledByGcc(VectorRow row) {
    return row.has("compiler") && row.text("compiler").startsWith("gcc");
  }

  private static boolean flag(VectorRow row, String column) {
    return row.has(column) && row.choice(column, FLAGS);
  }

  private static Optional<Kernel> kernel(VectorRow row) {
    if (!row.text("kernel").equals(TMAC)) {
      return BaselineKernel.find(row.text("kernel")).map(Kernel.class::cast);
    }
    int tables = row.has("kfactor") ? row.integer("kfactor", 1, 64) : TUNED_TABLES;
    int scaled = row.has("act_k") ? row.integer("act_k", 1, tables) : TUNED_TABLES;
    if (tables % scaled != 0) {
      throw row.wrong("act_k", "must divide kfactor " + tables + ": " + scaled);
    }
    return Optional.of(
        new TmacKernel(
            row.integer("wbits", 1, 4),
            tables,
            scaled,
            flag(row, "fast_aggregation"),
            flag(row, "unified"),
            compiledByGcc(row)));
  }

  @Override
  public String asked(VectorRow row) {
    return "kernel "
        + VectorRow.shown(row.text("kernel"))
        + " is not modelled on "
        + row.text("machine");
  }

  @Override
  public String describe(VectorRow row) {
    String size =
        row.text("kernel")
            + " "
            + row.text("wbits")
            + " bits "
            + row.text("m")
            + "x"
            + row.text("k");
    if (row.has(TimesKind.UNCERTAINTY)) {
      return size + " (" + row.text(TimesKind.UNCERTAINTY) + ")";
    }
    return row.text("kernel").equals(TMAC) ? size + parameters(row) : size;
  }

  private static String parameters(VectorRow row) {
    return " "
        + row.text("kfactor")
        + "/"
        + row.text("act_k")
        + (flag(row, "fast_aggregation") ? " fast" : "")
        + (flag(row, "zero_point") ? " zero point" : "")
        + (flag(row, "unified") ? " unified" : "");
  }
}
