package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.report.ChromeTrace;
import macroscope.report.ProductReport;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;

/**
 * A product on a machine whose model tells a time and what bounds it.
 *
 * @param machine the machine
 * @param kind its kind in words
 * @param megahertz its clock
 * @param a format of the activations
 * @param b format of the weights
 */
record LayerSimulation(
    LayerMachine machine, String kind, double megahertz, TensorFormat a, TensorFormat b) {

  Simulated of(Gemm gemm) {
    LayerFormats formats = ModelFormats.operands(a, b, gemm.m(), gemm.k(), gemm.n(), gemm.k());
    LayerTime time =
        machine
            .time(ProductLayer.of("product", gemm), formats)
            .orElseThrow(
                () ->
                    new InputException(
                        "--a",
                        String.format(
                            "%s does not multiply %s by %s, but %s",
                            machine.name(), b.name(), a.name(), machine.multiplies())));
    return Simulated.of(report(gemm, time, formats));
  }

  private ProductReport report(Gemm gemm, LayerTime time, LayerFormats formats) {
    double hertz = megahertz * 1e6;
    List<ProductReport.Named> mapping = new ArrayList<>();
    if (!time.mapping().isEmpty()) {
      mapping.add(new ProductReport.Named("mapping", time.mapping()));
    }
    return new ProductReport(
        machine.name(),
        String.format(Locale.ROOT, "%s, %.0f MHz", kind, megahertz),
        gemm,
        hertz,
        time.seconds() * hertz,
        machine.peakMacsPerSecond(formats),
        time.bound(),
        mapping,
        time.parts().entrySet().stream()
            .map(p -> new ProductReport.Part(p.getKey(), p.getValue() * hertz, Optional.empty()))
            .toList(),
        time.externalBytes().stream()
            .map(bytes -> new ProductReport.Level(ProductReport.EXTERNAL, bytes, Optional.empty()))
            .toList(),
        machine.outerBytesPerSecond(),
        trace(time));
  }

  /** Causes one after the other. */
  private List<ChromeTrace.Event> trace(LayerTime time) {
    List<ChromeTrace.Event> events = new ArrayList<>();
    double start = 0;
    for (Map.Entry<String, Double> part : time.parts().entrySet()) {
      double duration = part.getValue() * 1e6;
      events.add(
          new ChromeTrace.Event(
              kind, part.getKey(), start, duration, Map.of("mapping", time.mapping())));
      start += duration;
    }
    return events;
  }
}
