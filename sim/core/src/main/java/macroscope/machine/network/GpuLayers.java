package macroscope.machine.network;

import java.util.Optional;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.ProductLayer;

/**
 * Layers on a graphics processor: each a kernel of its library in a stream, convolutions as products of
 * windows that the kernel gathers (implicit GEMM), other operators by the bytes they move.
 *
 * @param gpu the processor
 */
public record GpuLayers(Gpu gpu) implements LayerMachine {

  @Override
  public String name() {
    return gpu.name();
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    return OperandType.find(formats.activations())
        .flatMap(
            type -> {
              double right = layer.weights() ? formats.weightBits() : formats.activationBits();
              GemmOperands operands =
                  new GemmOperands(
                      type, formats.activationBits(), right, Math.max(16, type.bits()));
              return new GpuGemm(gpu).time(layer.gemm(), layer.matrices(), operands);
            })
        .map(GpuLayers::inAStream);
  }

  private static LayerTime inAStream(GpuTime time) {
    String split = time.split() == 1 ? "" : ", split " + time.split();
    double seconds = time.deviceSeconds() + GpuTime.KERNEL_GAP_SECONDS;
    Bound bound = time.dramSeconds() > time.computeSeconds() ? Bound.DRAM : time.loop();
    return new LayerTime(seconds, bound.toString(), time.tile() + split);
  }

  @Override
  public Optional<LayerTime> stream(long read, long written, LayerFormats formats) {
    double bytes = (read + written) * formats.activationBits() / 8;
    boolean cached = bytes <= gpu.memory().cacheBytes();
    double rate =
        cached ? gpu.memory().cacheBytesPerCycle() * gpu.hertz() : gpu.dramBytesPerSecond();
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = bytes / rate + latency + GpuTime.KERNEL_GAP_SECONDS;
    return Optional.of(
        new LayerTime(seconds, (cached ? Bound.L2_CACHE : Bound.DRAM).toString(), ""));
  }
}
