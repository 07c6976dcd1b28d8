package macroscope.machine.network;

import java.util.List;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.OperandType;
import macroscope.workload.Gemm;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.ModelOperator;

/**
 * A phase of a language model's inference on one graphics processor, kernel after kernel: the host's
 * launch is paid once, between kernels lies the gap of a stream whose kernels are queued.
 */
public final class NetworkOnGpu {

  private final Gpu gpu;
  private final Precision precision;
  private final GpuGemm products;

  /**
   * @throws IllegalArgumentException if the matrix units do not multiply the type
   */
  public NetworkOnGpu(Gpu gpu, Precision precision) {
    for (OperandType type : List.of(precision.type(), precision.attentionType())) {
      if (gpu.macsPerCycle(type) == 0) {
        throw new IllegalArgumentException(gpu.name() + " does not multiply " + type);
      }
    }
    this.gpu = gpu;
    this.precision = precision;
    this.products = new GpuGemm(gpu);
  }

  /** The time of a phase, its kernels and the memory that it needs. */
  public NetworkEstimate estimate(LanguageModel model, Inference phase) {
    List<KernelEstimate> kernels = model.operators(phase).stream().map(this::estimate).toList();
    return new NetworkEstimate(
        gpu, precision, model, phase, kernels, gpu.fitted().launchMicroseconds() * 1e-6);
  }

  private KernelEstimate estimate(ModelOperator operator) {
    if (operator instanceof ModelOperator.Projection one) {
      return product(one, one.gemm(), one.matrices(), precision.projection());
    }
    if (operator instanceof ModelOperator.Rematerialization one) {
      return product(one, one.gemm(), 1, precision.rematerialization());
    }
    if (operator instanceof ModelOperator.ActivationProduct one) {
      return product(one, one.gemm(), one.batch(), precision.activations());
    }
    if (operator instanceof ModelOperator.Attention one) {
      return new FlashAttention(gpu, precision).estimate(one, GpuTime.KERNEL_GAP_SECONDS);
    }
    if (operator instanceof ModelOperator.Elementwise one) {
      return streamed(one, (one.read() + one.written()) * precision.activationBits() / 8);
    }
    ModelOperator.StateUpdate one = (ModelOperator.StateUpdate) operator;
    double bytes = 2.0 * one.numbers() * precision.stateBits() / 8;
    return memoryBound(one, bytes, bytes / gpu.dramBytesPerSecond(), Bound.DRAM);
  }

  private KernelEstimate product(
      ModelOperator operator, Gemm gemm, int batch, GemmOperands operands) {
    GpuTime time = products.time(gemm, batch, operands).orElseThrow();
    String mapping = time.tile() + (time.split() == 1 ? "" : ", split " + time.split());
    Bound bound = time.dramSeconds() > time.computeSeconds() ? Bound.DRAM : time.loop();
    double seconds = time.deviceSeconds() + GpuTime.KERNEL_GAP_SECONDS;
    return new KernelEstimate(operator, seconds, time.dramBytes(), bound, mapping);
  }

  /** What fits the cache was written there by the kernel before; states come back a token later. */
  private KernelEstimate streamed(ModelOperator operator, double bytes) {
    if (bytes > gpu.memory().cacheBytes()) {
      return memoryBound(operator, bytes, bytes / gpu.dramBytesPerSecond(), Bound.DRAM);
    }
    double bandwidth = gpu.memory().cacheBytesPerCycle() * gpu.hertz();
    return memoryBound(operator, 0, bytes / bandwidth, Bound.L2_CACHE);
  }

  private KernelEstimate memoryBound(
      ModelOperator operator, double dramBytes, double streaming, Bound bound) {
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = streaming + latency + GpuTime.KERNEL_GAP_SECONDS;
    return new KernelEstimate(operator, seconds, dramBytes, bound, "");
  }
}
