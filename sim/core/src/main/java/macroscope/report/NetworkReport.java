package macroscope.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.network.NetworkResult;
import macroscope.machine.network.TimedKernel;

/**
 * What a network takes on a machine: one row of figures, what bounds them, energy by level, what energy is
 * priced by, and the kernels; a roofline, and a trace.
 */
public final class NetworkReport {

  private static final List<String> KERNELS =
      List.of(
          "kernel",
          "operator",
          "m",
          "n",
          "k",
          "matrices",
          "count",
          "macs",
          "dram_bytes",
          "microseconds",
          "total_microseconds",
          "operations_per_byte",
          "teraoperations_per_second",
          "bound",
          "mapping");

  /** In place of whether a network fits. */
  public static final String NO_CAPACITY = "memory capacity not stated";

  private static final double GIGABYTE = 1e9;

  private final NetworkResult result;
  private final List<PriceOfWork> prices;
  private final Map<String, Listing> more;

  /**
   * A price that energies are made of.
   *
   * @param price what it is of, unit included
   * @param value the number
   * @param provenance how far it can be trusted
   * @param source citation
   */
  public record PriceOfWork(String price, double value, String provenance, String source) {}

  /**
   * A report.
   *
   * @param prices that energies are made of
   * @param more tables of this kind of machine, by name
   */
  public NetworkReport(NetworkResult result, List<PriceOfWork> prices, Map<String, Listing> more) {
    this.result = result;
    this.more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    this.prices = result.energy().isPresent() ? List.copyOf(prices) : List.of();
  }

  /** All tables by name: {@code summary} of one row, {@code notes}, {@code bounds} and so on. */
  public Map<String, Listing> tables() {
    Map<String, Listing> tables = new LinkedHashMap<>();
    tables.put("summary", summary());
    tables.put("bounds", bounds());
    tables.put("energy", energy());
    tables.put("prices", prices());
    tables.put("kernels", kernels());
    tables.putAll(more);
    tables.put(
        "notes",
        new Listing(
            List.of("note"), result.notes().stream().map(n -> List.<Object>of(n)).toList()));
    return tables;
  }

  /** One row: every figure of the whole, units in the header. */
  public Listing summary() {
    Map<String, Object> row = new LinkedHashMap<>();
    NetworkResult.Run run = result.run();
    row.put("model", run.model());
    row.put("machine", run.machine());
    row.put("machines", run.machines());
    row.put("phase", run.phase().name().toLowerCase(Locale.ROOT));
    row.put("batch", run.batch());
    run.context().ifPresent(tokens -> row.put("context", tokens));
    row.putAll(run.settings());
    row.put("latency_milliseconds", rounded(result.seconds() * 1e3));
    row.put(run.item() + "s_per_second", rounded(result.perSecond()));
    row.put("macs", rounded(result.macs()));
    row.put("teraoperations_per_second", rounded(2 * result.macs() / result.seconds() / 1e12));
    result.partOfPeak().ifPresent(part -> row.put("part_of_peak_percent", rounded(100 * part)));
    row.put("bound", result.bound());
    row.put("untimed_kernels", result.untimed());
    memory(row);
    result
        .energy()
        .ifPresent(
            energy -> {
              row.put("energy_joules", rounded(energy.total()));
              row.put(
                  "energy_per_" + run.item() + "_joules", rounded(energy.total() / run.items()));
              row.put("mean_power_watts", rounded(energy.watts() * run.machines()));
              row.put("power_limit_watts", rounded(energy.boardWatts() * run.machines()));
              row.put("priced_power_watts", rounded(energy.pricedWatts() * run.machines()));
              row.put("latency_at_most_milliseconds", rounded(energy.secondsAtMost() * 1e3));
            });
    return new Listing(List.copyOf(row.keySet()), List.of(List.copyOf(row.values())));
  }

  private void memory(Map<String, Object> row) {
    row.put("weights_gigabytes", rounded(result.footprint().weights() / GIGABYTE));
    row.put("cache_gigabytes", rounded(result.footprint().cache() / GIGABYTE));
    row.put("activations_gigabytes", rounded(result.footprint().activations() / GIGABYTE));
    row.put("needed_gigabytes", rounded(result.footprint().total() / GIGABYTE));
    result.limits().bytes().ifPresent(b -> row.put("memory_gigabytes", rounded(b / GIGABYTE)));
    row.put("fits", result.fits().<Object>map(fits -> fits).orElse(NO_CAPACITY));
    if (result.limits().bytesPerSecond().isPresent()) {
      row.put("moved_gigabytes", rounded(result.externalBytes() / GIGABYTE));
    }
  }

  private Listing bounds() {
    List<List<Object>> rows = new ArrayList<>();
    Map<String, Double> seconds = result.secondsByBound();
    result
        .partsByBound()
        .forEach(
            (bound, part) ->
                rows.add(
                    List.of(
                        bound,
                        rounded(seconds.getOrDefault(bound, 0.0) * 1e3),
                        rounded(100 * part))));
    return new Listing(List.of("bound", "milliseconds", "percent"), rows);
  }

  private Listing energy() {
    List<List<Object>> rows = new ArrayList<>();
    result
        .energy()
        .ifPresent(
            energy ->
                energy
                    .joules()
                    .forEach((level, joules) -> rows.add(List.of(level, rounded(joules)))));
    return new Listing(List.of("level", "joules"), rows);
  }

  private Listing prices() {
    return new Listing(
        List.of("price", "value", "provenance", "source"),
        prices.stream()
            .map(p -> List.<Object>of(p.price(), p.value(), p.provenance(), p.source()))
            .toList());
  }

  /** One row a kernel. */
  public Listing kernels() {
    return new Listing(KERNELS, result.kernels().stream().map(NetworkReport::row).toList());
  }

  private static List<Object> row(TimedKernel kernel) {
    return List.of(
        kernel.name(),
        kernel.operator(),
        kernel.gemm().<Object>map(gemm -> gemm.m()).orElse(""),
        kernel.gemm().<Object>map(gemm -> gemm.n()).orElse(""),
        kernel.gemm().<Object>map(gemm -> gemm.k()).orElse(""),
        kernel.gemm().isPresent() ? kernel.matrices() : "",
        kernel.count(),
        kernel.macs(),
        kernel.externalBytes().<Object>map(Math::round).orElse(""),
        kernel.seconds().<Object>map(s -> rounded(s * 1e6)).orElse(""),
        kernel.seconds().<Object>map(s -> rounded(kernel.totalSeconds() * 1e6)).orElse(""),
        kernel.intensity().<Object>map(NetworkReport::rounded).orElse(""),
        kernel.operationsPerSecond().<Object>map(r -> rounded(r / 1e12)).orElse(""),
        kernel.bound(),
        kernel.mapping());
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
  }

  /**
   * Every number of every table a row, for programs that read one table: the table, the first cell of its row, the
   * column, which names the unit, and the cell.
   */
  public Listing figures() {
    List<List<Object>> rows = new ArrayList<>();
    tables().forEach((name, table) -> figures(name, table, rows));
    return new Listing(List.of("section", "item", "quantity", "value"), rows);
  }

  private static void figures(String name, Listing table, List<List<Object>> rows) {
    boolean whole = name.equals("summary");
    for (List<Object> row : table.rows()) {
      int first = whole || row.size() == 1 ? 0 : 1;
      for (int i = first; i < row.size(); i++) {
        if (!row.get(i).equals("")) {
          String item = first == 0 ? "" : row.get(0).toString();
          rows.add(List.of(name, item, table.columns().get(i), row.get(i)));
        }
      }
    }
  }

  /** All tables as one JSON object; the summary is an object, the others are arrays of objects. */
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    tables()
        .forEach(
            (name, table) ->
                root.set(
                    name, name.equals("summary") ? table.jsonArray().get(0) : table.jsonArray()));
    return root + "\n";
  }

  /** Operations a second against operations for each byte, beneath the roof of the machine. */
  public Optional<ChartData> roofline() {
    if (withoutRoofline().isPresent()) {
      return Optional.empty();
    }
    List<Roofline.Run> runs = new ArrayList<>();
    for (TimedKernel kernel : result.kernels()) {
      String name = kernel.operator().isEmpty() ? kernel.name() : kernel.operator();
      double rate = kernel.operationsPerSecond().orElse(0.0);
      kernel.intensity().ifPresent(i -> runs.add(new Roofline.Run(name, i, rate)));
    }
    double peak = 2 * result.limits().macsPerSecond().orElseThrow();
    return Optional.of(
        new Roofline(peak, result.limits().bytesPerSecond())
            .chart(result.run().model() + " on " + result.run().machine(), subtitle(), runs));
  }

  /** Why there is no roofline; empty if there is one. */
  public Optional<String> withoutRoofline() {
    if (result.limits().macsPerSecond().isEmpty()) {
      return Optional.of("no roofline: the model of the machine has no peak for these formats");
    }
    if (result.limits().bytesPerSecond().isEmpty()) {
      return Optional.of("no roofline: the model of the machine has no external memory");
    }
    return result.kernels().stream().noneMatch(k -> k.intensity().isPresent())
        ? Optional.of("no roofline: no product moves bytes of external memory")
        : Optional.empty();
  }

  private String subtitle() {
    return result.run().words();
  }

  /** Every run of every kernel that is timed, layer by layer. */
  public String trace() {
    List<ChromeTrace.Event> events = new ArrayList<>();
    double time = result.launchSeconds();
    if (time > 0) {
      events.add(new ChromeTrace.Event("host", "launch", 0, time * 1e6, Map.of()));
    }
    long layers = result.kernels().stream().mapToLong(TimedKernel::count).max().orElse(1);
    for (long layer = 0; layer < layers; layer++) {
      for (TimedKernel kernel : result.kernels()) {
        boolean runs = kernel.count() == layers || layer == layers - 1;
        if (runs && kernel.seconds().isPresent()) {
          events.add(event(kernel, layer, time));
          time += kernel.seconds().get();
        }
      }
    }
    return ChromeTrace.json(result.run().machine(), events);
  }

  private static ChromeTrace.Event event(TimedKernel kernel, long layer, double start) {
    return new ChromeTrace.Event(
        "kernels",
        kernel.name(),
        start * 1e6,
        kernel.seconds().orElseThrow() * 1e6,
        Map.of("layer", String.valueOf(layer), "bound", kernel.bound()));
  }
}
