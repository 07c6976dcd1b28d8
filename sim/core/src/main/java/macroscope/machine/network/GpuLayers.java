package macroscope.machine.network;

import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.gpu.Work;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.ModelOperator;
import macroscope.workload.NetworkStep;
import macroscope.workload.ProductLayer;

/**
 * Layers on a graphics processor: each a kernel of its library in a stream, convolutions as products of
 * windows that the kernel gathers (implicit GEMM), other operators by the bytes they move.
 *
 * @param gpu the processor
 */
public record GpuLayers(Gpu gpu) implements LayerMachine {

  /** As kernels of language models count them. */
  private static final double OPERATIONS_PER_NUMBER = NetworkOnGpu.OPERATIONS_PER_NUMBER;

  @Override
  public String name() {
    return gpu.name();
  }

  @Override
  public String multiplies() {
    return gpu.macsPerCycle().keySet().stream()
        .map(OperandType::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    return OperandType.find(formats.activations())
        .map(gpu::peakMacsPerSecond)
        .filter(rate -> rate > 0);
  }

  @Override
  public Optional<Double> outerBytesPerSecond() {
    return Optional.of(gpu.memory().dramGigabytesPerSecond() * 1e9);
  }

  @Override
  public Optional<Double> outerBytes() {
    return Optional.of(gpu.memory().dramBytes());
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    return product(layer, formats).map(GpuLayers::layerTime);
  }

  @Override
  public Optional<LayerTime> stream(long read, long written, LayerFormats formats) {
    return Optional.of(layerTime(streamed("", read, written, formats)));
  }

  private static LayerTime layerTime(KernelEstimate kernel) {
    return LayerTime.of(
        kernel.seconds(),
        kernel.bound().toString(),
        kernel.mapping(),
        Optional.of(kernel.dramBytes()));
  }

  /** A node of a graph; empty if its type is not multiplied. */
  Optional<KernelEstimate> kernel(NetworkStep step, LayerFormats formats) {
    return step.product().isPresent()
        ? product(step.product().get(), formats)
        : Optional.of(streamed(step.name(), step.read(), step.written(), formats));
  }

  private Optional<KernelEstimate> product(ProductLayer layer, LayerFormats formats) {
    return OperandType.find(formats.activations())
        .flatMap(
            type -> {
              double right = layer.weights() ? formats.weightBits() : formats.activationBits();
              GemmOperands operands =
                  new GemmOperands(
                      type, formats.activationBits(), right, Math.max(16, type.bits()));
              return new GpuGemm(gpu).time(layer.gemm(), layer.matrices(), operands);
            })
        .map(time -> inAStream(layer, time));
  }

  private KernelEstimate inAStream(ProductLayer layer, GpuTime time) {
    double seconds = time.deviceSeconds() + gpu.kernelGapSeconds();
    ModelOperator operator =
        layer.weights()
            ? new ModelOperator.Projection(layer.name(), 1, layer.gemm(), layer.matrices())
            : new ModelOperator.ActivationProduct(layer.name(), 1, layer.gemm(), layer.matrices());
    return new KernelEstimate(
        operator, seconds, time.dramBytes(), time.deviceBound(), time.mapping(), time.work());
  }

  private KernelEstimate streamed(String name, long read, long written, LayerFormats formats) {
    double bytes = (read + written) * formats.activationBits() / Byte.SIZE;
    boolean cached = bytes <= gpu.memory().cacheBytes();
    double rate =
        cached ? gpu.memory().cacheBytesPerCycle() * gpu.hertz() : gpu.dramBytesPerSecond();
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = bytes / rate + latency + gpu.kernelGapSeconds();
    double external = cached ? 0 : bytes;
    return new KernelEstimate(
        new ModelOperator.Elementwise(name, 1, read, written),
        seconds,
        external,
        cached ? Bound.L2_CACHE : Bound.DRAM,
        "",
        new Work(0, read * OPERATIONS_PER_NUMBER, 0, bytes, external));
  }
}
