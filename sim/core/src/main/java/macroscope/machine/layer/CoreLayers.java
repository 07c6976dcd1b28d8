package macroscope.machine.layer;

import java.util.Comparator;
import java.util.Optional;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.CpuTime;
import macroscope.machine.cpu.KernelLibrary;
import macroscope.workload.ProductLayer;

/**
 * Layers on a processor core by the fastest of its matrix-vector kernels, a vector after the other.
 *
 * @param core the core
 */
public record CoreLayers(CpuCore core) implements LayerMachine {

  @Override
  public String name() {
    return core.name();
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    int bits = (int) Math.floor(formats.weightBits());
    return KernelLibrary.of(formats.activations(), formats.weights(), bits).stream()
        .flatMap(
            kernel ->
                core
                    .time(kernel.kernel(), layer.gemm().n(), layer.gemm().k())
                    .map(time -> repeated(time, kernel.name(), layer))
                    .stream())
        .min(Comparator.comparingDouble(LayerTime::seconds));
  }

  private static LayerTime repeated(CpuTime time, String kernel, ProductLayer layer) {
    double vectors = (double) layer.gemm().m() * layer.matrices();
    String bound = time.boundByMemory() ? "memory" : "instructions";
    return new LayerTime(time.seconds() * vectors, bound, kernel);
  }
}
