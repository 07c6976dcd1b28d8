package macroscope.machine.layer;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.cpu.BaselineKernel;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.CpuTime;
import macroscope.machine.cpu.Kernel;
import macroscope.machine.cpu.TmacKernel;
import macroscope.workload.ProductLayer;

/**
 * Layers on a processor core by its matrix-vector kernels, a vector after the other: T-MAC for int8
 * activations and weights of 1 to 4 bits, the widest kernel of bytes that the core runs for int8, binary32.
 *
 * @param core the core
 */
public record CoreLayers(CpuCore core) implements LayerMachine {

  private static final int TABLES = 16;

  private static final Map<String, Integer> TABLE_BITS =
      Map.of("int1", 1, "binary", 1, "int2", 2, "ternary", 2, "int3", 3, "int4", 4);

  @Override
  public String name() {
    return core.name();
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    return kernels(formats).stream()
        .flatMap(kernel -> core.time(kernel, layer.gemm().n(), layer.gemm().k()).stream())
        .min(Comparator.comparingDouble(CpuTime::seconds))
        .map(time -> repeated(time, (double) layer.gemm().m() * layer.matrices()));
  }

  private static List<Kernel> kernels(LayerFormats formats) {
    Integer bits = TABLE_BITS.get(formats.weights());
    if (formats.activations().equals("int8") && bits != null) {
      return List.of(new TmacKernel(bits, TABLES, TABLES, false, false));
    }
    if (formats.activations().equals("int8") && formats.weights().equals("int8")) {
      return List.of(
          BaselineKernel.INT8_VNNI_512, BaselineKernel.INT8_VNNI_256, BaselineKernel.INT8_AVX2);
    }
    boolean singles =
        formats.activations().equals("binary32") && formats.weights().equals("binary32");
    return singles ? List.of(BaselineKernel.BINARY32_AVX512) : List.of();
  }

  private static LayerTime repeated(CpuTime time, double vectors) {
    String bound = time.boundByMemory() ? "memory" : "instructions";
    return new LayerTime(time.seconds() * vectors, bound, "");
  }
}
