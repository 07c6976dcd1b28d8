package macroscope.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.CpuTime;
import macroscope.machine.cpu.KernelLibrary;
import macroscope.machine.cpu.NamedKernel;
import macroscope.report.ChromeTrace;
import macroscope.report.ProductReport;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;

/** The predicted time of a product on a processor core: a kernel, once for each row of activations. */
record CpuSimulation(CpuCore core, TensorFormat a, TensorFormat b, Optional<String> kernel) {

  Simulated of(Gemm gemm) {
    List<NamedKernel> kernels =
        kernel
            .map(name -> List.of(named(name)))
            .orElseGet(
                () -> KernelLibrary.of(a.element().name(), b.element().name(), b.element().bits()));
    double stored = b.bitsPerElement(gemm.n(), gemm.k());
    NamedKernel fastest =
        kernels.stream()
            .map(one -> one.stored(stored))
            .filter(one -> core.time(one.kernel(), gemm.n(), gemm.k()).isPresent())
            .min(Comparator.comparingDouble(one -> time(one, gemm).seconds()))
            .orElseThrow(this::none);
    return Simulated.of(report(gemm, fastest, time(fastest, gemm)));
  }

  private NamedKernel named(String name) {
    return KernelLibrary.find(name, b.element().bits())
        .orElseThrow(
            () ->
                new InputException(
                    "--kernel",
                    "must be one of "
                        + String.join(", ", KernelLibrary.names())
                        + ", with 1 to 4 bits of weights for T-MAC: "
                        + name));
  }

  private InputException none() {
    return kernel
        .map(name -> new InputException("--kernel", "is not run by " + core.name() + ": " + name))
        .orElseGet(
            () ->
                new InputException(
                    "--b",
                    "no kernel of "
                        + core.name()
                        + " multiplies "
                        + b.name()
                        + " by "
                        + a.name()
                        + ", but "
                        + KernelLibrary.words(core)));
  }

  private CpuTime time(NamedKernel one, Gemm gemm) {
    return core.time(one.kernel(), gemm.n(), gemm.k()).orElseThrow();
  }

  private ProductReport report(Gemm gemm, NamedKernel chosen, CpuTime time) {
    double hertz = core.clockMegahertz() * 1e6;
    double calls = gemm.m();
    double loop = calls * time.loopSeconds() * hertz;
    double beyond = calls * Math.max(0, time.memorySeconds() - time.loopSeconds()) * hertz;
    boolean cached = time.work().streamedBytes() <= core.secondLevelBytes();
    String memory = cached ? "L2 cache" : ProductReport.EXTERNAL;
    String bound = time.boundByMemory() ? memory : "instructions";
    return new ProductReport(
        core.name(),
        String.format(Locale.ROOT, "one core, %.0f MHz", core.clockMegahertz()),
        gemm,
        hertz,
        loop + beyond,
        Optional.of(gemm.macs() / (calls * core.leastSeconds(time.work()))),
        bound,
        List.of(
            new ProductReport.Named("kernel", chosen.name()),
            new ProductReport.Named("calls", String.valueOf(gemm.m())),
            new ProductReport.Named(
                "utilisation is of", "the busiest execution ports of this kernel")),
        List.of(part("instructions", loop), part("wait for weights from " + memory, beyond))
            .stream()
            .filter(part -> part.cycles() > 0)
            .toList(),
        List.of(
            new ProductReport.Level(memory, calls * time.work().streamedBytes(), Optional.empty())),
        cached ? Optional.empty() : Optional.of(core.outerGigabytesPerSecond() * 1e9),
        trace(time, memory));
  }

  private static ProductReport.Part part(String cause, double cycles) {
    return new ProductReport.Part(cause, cycles, Optional.empty());
  }

  /** The first call; others are equal. */
  private static List<ChromeTrace.Event> trace(CpuTime time, String memory) {
    return List.of(
        new ChromeTrace.Event("core", "instructions", 0, time.loopSeconds() * 1e6, Map.of()),
        new ChromeTrace.Event(memory, "weights", 0, time.memorySeconds() * 1e6, Map.of()));
  }
}
