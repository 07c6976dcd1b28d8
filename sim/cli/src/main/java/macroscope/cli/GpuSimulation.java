package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import macroscope.input.InputException;
import macroscope.machine.gpu.EnergyPrices;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.gpu.Work;
import macroscope.report.ChromeTrace;
import macroscope.report.ProductReport;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;

/** The predicted time of a product on a graphics processor, and what it is made of. */
record GpuSimulation(Gpu gpu, TensorFormat a, TensorFormat b) {

  private static final int RESULT_BITS = 16;

  Simulated of(Gemm gemm) {
    OperandType type = type();
    GemmOperands operands =
        new GemmOperands(
            type,
            a.bitsPerElement(gemm.m(), gemm.k()),
            b.bitsPerElement(gemm.n(), gemm.k()),
            RESULT_BITS);
    GpuTime time =
        new GpuGemm(gpu)
            .time(gemm, 1, operands)
            .orElseThrow(
                () -> new InputException("--a", type + " is not multiplied by " + gpu.name()));
    return Simulated.of(report(gemm, type, time));
  }

  /** The type of the activations; weights are converted to it. */
  private OperandType type() {
    return OperandType.find(a.element().name())
        .orElseThrow(
            () ->
                new InputException(
                    "--a", "must be of a type that tensor cores multiply: " + a.name()));
  }

  private ProductReport report(Gemm gemm, OperandType type, GpuTime time) {
    double beyond = Math.max(0, time.dramSeconds() - time.computeSeconds());
    String loop = "blocks: " + time.loop();
    List<ProductReport.Part> parts =
        List.of(
            part("launch", time.launchSeconds()),
            part(loop, time.computeSeconds()),
            part("wait for DRAM", beyond),
            part("reduction", time.reductionSeconds()));
    return new ProductReport(
        gpu.name(),
        String.format(
            Locale.ROOT,
            "%d multiprocessors, %.0f MHz, %s",
            gpu.multiprocessors(),
            gpu.clockMegahertz(),
            type),
        gemm,
        gpu.hertz(),
        time.seconds() * gpu.hertz(),
        Optional.of(gpu.peakMacsPerSecond(type)),
        time.bound().toString(),
        mapping(type, time),
        parts.stream().filter(part -> part.cycles() > 0).toList(),
        levels(time),
        Optional.of(gpu.memory().dramGigabytesPerSecond() * 1e9),
        trace(time));
  }

  private ProductReport.Part part(String cause, double seconds) {
    return new ProductReport.Part(cause, seconds * gpu.hertz(), Optional.empty());
  }

  private List<ProductReport.Named> mapping(OperandType type, GpuTime time) {
    List<ProductReport.Named> named = new ArrayList<>(kernel(time));
    named.add(new ProductReport.Named("energy", energy(type, time)));
    return named;
  }

  /** All of it, and the mean power if the product is repeated; or why there is none. */
  private String energy(OperandType type, GpuTime time) {
    try {
      EnergyPrices prices = gpu.prices();
      double macs = time.work().macs();
      double multiplied = macs > 0 ? macs * gpu.macPicojoules(type) : 0;
      double work =
          prices.joules(time.work(), multiplied).values().stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      double seconds = time.seconds();
      double always = seconds * prices.constantWatts();
      double drawn = work * prices.withinPower(work, seconds) + always;
      String limited =
          prices.withinPower(work, seconds) < 1
              ? String.format(
                  Locale.ROOT,
                  ", to which prices that add up to %.4g W are lowered; were they right, the product would take"
                      + " %s at most",
                  (work + always) / seconds,
                  microseconds(prices.secondsAtMost(work, seconds)))
              : "";
      return String.format(
          Locale.ROOT,
          "%.4g uJ, %.3g W of %.3g W%s",
          drawn * 1e6,
          drawn / seconds,
          prices.boardWatts(),
          limited);
    } catch (IllegalArgumentException e) {
      return "not available: " + e.getMessage();
    }
  }

  private static List<ProductReport.Named> kernel(GpuTime time) {
    return List.of(
        new ProductReport.Named("tile", time.tile().toString()),
        new ProductReport.Named("split of K", String.valueOf(time.split())),
        new ProductReport.Named(
            "blocks", time.blocks() + ", " + time.resident() + " at a time on a multiprocessor"),
        new ProductReport.Named("waves", String.valueOf(time.waves())),
        new ProductReport.Named("DRAM alone takes", microseconds(time.dramSeconds())));
  }

  private List<ProductReport.Level> levels(GpuTime time) {
    Work work = time.work();
    return List.of(
        level("shared memory", work.sharedBytes(), EnergyPrices::sharedPicojoulesPerByte),
        level("L2 cache", work.cacheBytes(), EnergyPrices::cachePicojoulesPerByte),
        level(ProductReport.EXTERNAL, work.dramBytes(), EnergyPrices::dramPicojoulesPerByte));
  }

  private ProductReport.Level level(
      String name, double bytes, ToDoubleFunction<EnergyPrices> price) {
    return new ProductReport.Level(
        name, bytes, gpu.energy().map(prices -> bytes * price.applyAsDouble(prices)));
  }

  private static List<ChromeTrace.Event> trace(GpuTime time) {
    List<ChromeTrace.Event> events = new ArrayList<>();
    double start = time.launchSeconds();
    add(events, "host", "launch", 0, time.launchSeconds());
    double wave = time.computeSeconds() / time.waves();
    for (long i = 0; i < time.waves(); i++) {
      add(events, "multiprocessors", "wave " + i, start + i * wave, wave);
    }
    add(events, "DRAM", "stream", start, time.dramSeconds());
    double end = start + Math.max(time.computeSeconds(), time.dramSeconds());
    add(events, "multiprocessors", "reduction", end, time.reductionSeconds());
    return events;
  }

  private static void add(
      List<ChromeTrace.Event> events, String lane, String name, double start, double seconds) {
    if (seconds > 0) {
      events.add(new ChromeTrace.Event(lane, name, start * 1e6, seconds * 1e6, Map.of()));
    }
  }

  private static String microseconds(double seconds) {
    return String.format(Locale.ROOT, "%.4g us", seconds * 1e6);
  }
}
