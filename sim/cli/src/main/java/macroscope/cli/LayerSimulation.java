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
    LayerFormats formats =
        new LayerFormats(
            GraphNetwork.machineName(a),
            GraphNetwork.machineName(b),
            a.bitsPerElement(gemm.m(), gemm.k()),
            b.bitsPerElement(gemm.n(), gemm.k()));
    LayerTime time =
        machine
            .time(ProductLayer.of("product", gemm), formats)
            .orElseThrow(
                () ->
                    new InputException(
                        "--a",
                        machine.name() + " does not multiply " + b.name() + " by " + a.name()));
    return Simulated.of(report(gemm, time));
  }

  private ProductReport report(Gemm gemm, LayerTime time) {
    double hertz = megahertz * 1e6;
    double cycles = time.seconds() * hertz;
    List<ProductReport.Named> mapping = new ArrayList<>();
    if (!time.mapping().isEmpty()) {
      mapping.add(new ProductReport.Named("mapping", time.mapping()));
    }
    return new ProductReport(
        machine.name(),
        String.format(Locale.ROOT, "%s, %.0f MHz", kind, megahertz),
        gemm,
        hertz,
        cycles,
        Optional.empty(),
        time.bound(),
        mapping,
        List.of(new ProductReport.Part(time.bound(), cycles, Optional.empty())),
        List.of(),
        Optional.empty(),
        List.of(
            new ChromeTrace.Event(
                kind, time.bound(), 0, time.seconds() * 1e6, Map.of("mapping", time.mapping()))));
  }
}
