package macroscope.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.network.KernelEstimate;
import macroscope.machine.network.NetworkEstimate;
import macroscope.sweep.Objective.Scale;

/** What a network takes on a machine: its kernels as rows, a roofline, and a trace. */
public final class NetworkReport {

  private static final List<String> COLUMNS =
      List.of(
          "kernel",
          "count",
          "macs",
          "dram_bytes",
          "microseconds",
          "total_microseconds",
          "operations_per_byte",
          "teraoperations_per_second",
          "bound",
          "mapping");

  /** Points of a roof on each side of its ridge. */
  private static final double LEAST_INTENSITY = 0.1;

  private final NetworkEstimate estimate;

  public NetworkReport(NetworkEstimate estimate) {
    this.estimate = estimate;
  }

  /** One row a kernel. */
  public Listing kernels() {
    return new Listing(COLUMNS, estimate.kernels().stream().map(NetworkReport::row).toList());
  }

  private static List<Object> row(KernelEstimate kernel) {
    boolean products = kernel.operator().macs() > 0 && kernel.dramBytes() > 0;
    return List.of(
        kernel.operator().name(),
        kernel.operator().count(),
        kernel.operator().macs(),
        Math.round(kernel.dramBytes()),
        rounded(kernel.seconds() * 1e6),
        rounded(kernel.totalSeconds() * 1e6),
        products ? rounded(kernel.intensity()) : "",
        products ? rounded(kernel.operationsPerSecond() / 1e12) : "",
        kernel.bound().toString(),
        kernel.mapping());
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
  }

  /** Operations a second against operations for each byte, beneath the roof of the machine. */
  public ChartData roofline() {
    Gpu gpu = estimate.gpu();
    double peak = 2 * gpu.peakMacsPerSecond(estimate.precision().type()) / 1e12;
    double bandwidth = gpu.memory().dramGigabytesPerSecond() / 1e3;
    List<ChartData.Series> series = new ArrayList<>();
    Map<String, List<ChartData.Point>> byName = new LinkedHashMap<>();
    double most = 10 * peak / bandwidth;
    for (KernelEstimate kernel : estimate.kernels()) {
      if (kernel.operator().macs() > 0 && kernel.dramBytes() > 0) {
        double y = kernel.operationsPerSecond() / 1e12;
        byName
            .computeIfAbsent(kernel.operator().name(), name -> new ArrayList<>())
            .add(new ChartData.Point("", kernel.intensity(), y, 0));
        most = Math.max(most, 2 * kernel.intensity());
      }
    }
    List<ChartData.Point> roof =
        List.of(
            point(LEAST_INTENSITY, LEAST_INTENSITY * bandwidth),
            point(peak / bandwidth, peak),
            point(most, peak));
    int style = 0;
    for (Map.Entry<String, List<ChartData.Point>> one : byName.entrySet()) {
      series.add(new ChartData.Series(one.getKey(), style++, one.getValue()));
    }
    series.add(new ChartData.Series("peak and bandwidth", style, ChartData.Line.REFERENCE, roof));
    return new ChartData(
        estimate.model().name() + " on " + gpu.name(),
        subtitle(),
        new ChartData.Axis("Arithmetic intensity [OP/byte of external memory]", Scale.LOGARITHMIC),
        new ChartData.Axis("Operations a second [TOP/s]", Scale.LOGARITHMIC),
        series,
        List.of(),
        Optional.empty());
  }

  private static ChartData.Point point(double x, double y) {
    return new ChartData.Point("", x, y, 0);
  }

  private String subtitle() {
    return String.format(
        Locale.ROOT,
        "%s, batch %d, context %d, %s%s",
        estimate.phase().decode() ? "decode" : "prefill",
        estimate.phase().batch(),
        estimate.phase().context(),
        estimate.precision().type(),
        estimate.processors() == 1 ? "" : ", each of " + estimate.processors() + " GPUs");
  }

  /** Every run of every kernel, layer by layer. */
  public String trace() {
    List<ChromeTrace.Event> events = new ArrayList<>();
    double time = estimate.launchSeconds();
    events.add(new ChromeTrace.Event("host", "launch", 0, time * 1e6, Map.of()));
    long layers = estimate.model().layers();
    for (long layer = 0; layer < layers; layer++) {
      for (KernelEstimate kernel : estimate.kernels()) {
        boolean runs = kernel.operator().count() == layers || layer == layers - 1;
        if (runs) {
          events.add(event(kernel, layer, time));
          time += kernel.seconds();
        }
      }
    }
    return ChromeTrace.json(estimate.gpu().name(), events);
  }

  private static ChromeTrace.Event event(KernelEstimate kernel, long layer, double start) {
    Map<String, String> details =
        Map.of("layer", String.valueOf(layer), "bound", kernel.bound().toString());
    return new ChromeTrace.Event(
        "kernels", kernel.operator().name(), start * 1e6, kernel.seconds() * 1e6, details);
  }
}
