package macroscope.machine.layer;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Widths;
import macroscope.machine.cpu.CpuCore;
import macroscope.machine.cpu.CpuTime;
import macroscope.machine.cpu.Kernel;
import macroscope.machine.cpu.KernelLibrary;
import macroscope.machine.cpu.NamedKernel;
import macroscope.machine.cpu.VectorKernel;
import macroscope.workload.ProductLayer;

/**
 * Layers on a processor's cores by the fastest of its matrix-vector kernels, a vector after the other;
 * threads share the rows of weights, or the matrices where there are many. Products of activations, and of weights that no kernel is written for, are done in
 * binary32 ({@link VectorKernel}). Weights come from external memory once a product: blocks of
 * them stay in a cache while all vectors pass (T-MAC's published products of 256 vectors on a Raspberry
 * Pi 5 take 0.117 ms each on 4096 x 4096 weights of 2 bits, 36 GB/s, twice what its memory streams).
 *
 * @param core one core
 * @param sharing what cores share; empty if nothing is known, then one works
 * @param threads cores that work
 * @param cold whether weights are in external memory whenever they are read, since the network's do not
 *     fit the second-level cache
 */
public record CoreLayers(CpuCore core, Optional<CoreSharing> sharing, int threads, boolean cold)
    implements LayerMachine {

  /** Rows, and columns, of a product that is large. */
  private static final int LARGE = 4096;

  public CoreLayers {
    Widths.inRange(
        "cores of " + core.name(), threads, 1, sharing.map(CoreSharing::cores).orElse(1));
  }

  /** One core. */
  public CoreLayers(CpuCore core, Optional<CoreSharing> sharing) {
    this(core, sharing, 1, false);
  }

  /** So many cores. */
  public CoreLayers threads(int count) {
    return new CoreLayers(core, sharing, count, cold);
  }

  @Override
  public LayerMachine holding(double weightBytes) {
    return new CoreLayers(core, sharing, threads, weightBytes > threads * core.secondLevelBytes());
  }

  @Override
  public String name() {
    return core.name();
  }

  @Override
  public String multiplies() {
    return KernelLibrary.words(core) + ", and fp32, fp16, bf16, integers in fp32";
  }

  @Override
  public Optional<Double> outerBytesPerSecond() {
    double alone = threads * core.outerGigabytesPerSecond();
    double shared =
        threads == 1 ? alone : sharing.map(CoreSharing::gigabytesPerSecond).orElse(alone);
    return Optional.of(1e9 * Math.min(alone, shared));
  }

  /** Of the fastest kernel on a product so large that loops are long, while memory keeps up. */
  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    return KernelLibrary.of(formats.activations(), formats.weights(), formats.weightElementBits())
        .stream()
        .flatMap(kernel -> core.time(kernel.kernel(), LARGE, LARGE).stream())
        .map(time -> threads * (double) LARGE * LARGE / time.loopSeconds())
        .max(Comparator.naturalOrder());
  }

  @Override
  public Optional<Double> outerBytes() {
    return sharing.map(s -> s.gigabytes() * 1e9);
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    Optional<LayerTime> written =
        KernelLibrary.of(formats.activations(), formats.weights(), formats.weightElementBits())
            .stream()
            .flatMap(kernel -> time(kernel.stored(formats.weightBits()), layer).stream())
            .min(Comparator.comparingDouble(LayerTime::seconds));
    boolean read =
        VectorKernel.reads(formats.activations()) && VectorKernel.reads(formats.weights());
    return written.or(() -> read ? time(vectors(layer, formats), layer) : Optional.empty());
  }

  /** Right operands in memory are as wide as their elements; what is scaled has its share beside it. */
  private static NamedKernel vectors(ProductLayer layer, LayerFormats formats) {
    VectorKernel kernel = new VectorKernel(formats.weightElementBits(), formats.weightBits());
    return new NamedKernel(layer.weights() ? "binary32" : "binary32, activations", kernel);
  }

  /** Matrices are dealt out if there are enough of them, else rows of each. */
  private Optional<LayerTime> time(NamedKernel kernel, ProductLayer layer) {
    boolean whole = layer.matrices() >= threads;
    int rows = whole ? layer.gemm().n() : ceilDivide(layer.gemm().n(), threads);
    int matrices = whole ? ceilDivide(layer.matrices(), threads) : layer.matrices();
    return core.time(kernel.kernel(), rows, layer.gemm().k())
        .map(one -> together(one, kernel.name(), layer, matrices, bytes(kernel.kernel(), layer)));
  }

  private static int ceilDivide(int a, int b) {
    return (a + b - 1) / b;
  }

  private double bytes(Kernel kernel, ProductLayer layer) {
    return layer.matrices()
        * kernel.work(core, layer.gemm().n(), layer.gemm().k()).orElseThrow().streamedBytes();
  }

  private LayerTime together(
      CpuTime one, String kernel, ProductLayer layer, int matrices, double bytes) {
    double vectors = (double) layer.gemm().m() * matrices;
    double working = vectors * one.loopSeconds();
    boolean external = cold || one.work().streamedBytes() > core.secondLevelBytes();
    if (external) {
      double streaming = bytes / outerBytesPerSecond().orElseThrow();
      return LayerTime.overlapped(working, "instructions", streaming, bytes, kernel);
    }
    double beyond = Math.max(0, vectors * one.memorySeconds() - working);
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("instructions", working);
    if (beyond > 0) {
      parts.put("wait for the second-level cache", beyond);
    }
    String bound = beyond > 0 ? "l2 cache" : "instructions";
    return new LayerTime(working + beyond, bound, kernel, parts, Optional.of(0.0));
  }

  /** Activations stay in the second-level cache if they fit; each is loaded, worked on and stored. */
  @Override
  public Optional<LayerTime> stream(long read, long written, LayerFormats formats) {
    double bytes = (read + written) * formats.activationBits() / Byte.SIZE;
    double outer =
        bytes <= threads * core.secondLevelBytes()
            ? 0
            : bytes / outerBytesPerSecond().orElseThrow();
    VectorKernel pass = new VectorKernel(formats.activationElementBits(), formats.activationBits());
    return core.time(pass, 1, (int) Math.min(Integer.MAX_VALUE, Math.max(1, read / threads)))
        .map(
            time ->
                LayerTime.overlapped(
                    time.loopSeconds(),
                    "instructions",
                    outer,
                    outer > 0 ? bytes : 0,
                    "vector pass"));
  }
}
