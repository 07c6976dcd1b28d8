package macroscope.machine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.Interconnect;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.gpu.Work;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.ModelOperator;

/**
 * A phase of a language model's inference on graphics processors, kernel after kernel: all of them are
 * launched as one graph, so that the host's launch is paid once and between kernels lies the gap of a graph,
 * as servers do it in decode (CUDA graphs of vLLM, TensorRT-LLM and gpt-fast). Several processors
 * share heads and inner vectors and add up their results after attention and after the feed-forward
 * products (tensor parallelism).
 */
public final class NetworkOnGpu {

  /** Kernels after which processors add up what each has of every vector. */
  private static final Set<String> SUMMED = Set.of("attention output", "mixer output", "down");

  /** Operations of a vector lane for each number that an elementwise kernel reads (order of magnitude). */
  static final double OPERATIONS_PER_NUMBER = 2;

  private final Gpu gpu;
  private final int processors;
  private final Precision precision;
  private final AttentionKernels attention;
  private final double wideShare;
  private final ProductKernels products;

  /** One processor with FlashAttention. */
  public NetworkOnGpu(Gpu gpu, Precision precision) {
    this(gpu, 1, precision, AttentionKernels.FLASH);
  }

  /**
   * Any number of processors of one node.
   *
   * @throws IllegalArgumentException if the matrix units do not multiply the type, or nothing is known of
   *     the links between several processors
   */
  public NetworkOnGpu(Gpu gpu, int processors, Precision precision, AttentionKernels attention) {
    this(gpu, processors, precision, attention, 0);
  }

  /**
   * The same with a share of each product's channels multiplied in int8 beside int4 (COMET, arXiv
   * 2410.12168).
   *
   * @param wideShare part of the channels, 0 for none, below 1
   * @throws IllegalArgumentException if there is a share and the type is not int4
   */
  public NetworkOnGpu(
      Gpu gpu, int processors, Precision precision, AttentionKernels attention, double wideShare) {
    if (!(wideShare >= 0 && wideShare < 1)) {
      throw new IllegalArgumentException("wide share must be 0 or more, below 1: " + wideShare);
    }
    if (wideShare > 0 && precision.type() != OperandType.INT4) {
      throw new IllegalArgumentException(
          "channels are wide beside int4 only: activations are " + precision.type());
    }
    for (OperandType type : List.of(precision.type(), precision.attentionType())) {
      if (gpu.macsPerCycle(type) == 0) {
        throw new IllegalArgumentException(gpu.name() + " does not multiply " + type);
      }
    }
    if (processors > 1 && gpu.links().isEmpty()) {
      throw new IllegalArgumentException(
          gpu.name() + " has no interconnect: gpus must be 1: " + processors);
    }
    this.gpu = gpu.inGraph();
    this.processors = processors;
    this.precision = precision;
    this.attention = attention;
    this.wideShare = wideShare;
    this.products = new ProductKernels(this.gpu);
  }

  /** The time of a phase, its kernels and the memory that it needs of each processor. */
  public NetworkEstimate estimate(LanguageModel model, Inference phase) {
    LanguageModel shard = model.shard(processors);
    List<KernelEstimate> kernels = new ArrayList<>();
    for (ModelOperator operator : fused(shard.operators(phase))) {
      kernels.addAll(estimates(operator));
      if (processors > 1 && SUMMED.contains(operator.name())) {
        kernels.add(sum(operator, (long) phase.tokens() * model.hidden()));
      }
    }
    return new NetworkEstimate(
        gpu,
        processors,
        precision,
        shard,
        phase,
        kernels,
        gpu.fitted().launchMicroseconds() * 1e-6);
  }

  /** FlashAttention's kernel makes keys and values of cached inputs, tile after tile (XQuant, section 3). */
  private List<ModelOperator> fused(List<ModelOperator> operators) {
    List<ModelOperator> fused = new ArrayList<>();
    for (ModelOperator operator : operators) {
      ModelOperator before = fused.isEmpty() ? operator : fused.get(fused.size() - 1);
      if (attention == AttentionKernels.FLASH
          && operator instanceof ModelOperator.Attention one
          && before instanceof ModelOperator.Rematerialization inputs) {
        fused.set(fused.size() - 1, new ModelOperator.RematerializedAttention(inputs, one));
      } else {
        fused.add(operator);
      }
    }
    return fused;
  }

  private List<KernelEstimate> estimates(ModelOperator operator) {
    if (operator instanceof ModelOperator.Attention one && attention != AttentionKernels.FLASH) {
      return new SeparateAttention(gpu, precision, attention, products).estimate(one);
    }
    return List.of(estimate(operator));
  }

  private KernelEstimate estimate(ModelOperator operator) {
    if (operator instanceof ModelOperator.Projection one && wideShare > 0) {
      return products.mixed(one, precision, wideShare);
    }
    if (operator instanceof ModelOperator.Projection one) {
      return products.product(one, one.gemm(), one.matrices(), precision.projection(one));
    }
    if (operator instanceof ModelOperator.Rematerialization one) {
      return products.product(one, one.gemm(), 1, precision.rematerialization());
    }
    if (operator instanceof ModelOperator.ActivationProduct one) {
      return products.product(one, one.gemm(), one.batch(), precision.activations());
    }
    if (operator instanceof ModelOperator.Attention one) {
      return new FlashAttention(gpu, precision).estimate(one, gpu.kernelGapSeconds());
    }
    if (operator instanceof ModelOperator.RematerializedAttention one) {
      return new FlashAttention(gpu, precision).estimate(one, gpu.kernelGapSeconds());
    }
    if (operator instanceof ModelOperator.Elementwise one) {
      return streamed(one);
    }
    if (operator instanceof ModelOperator.StateUpdate one) {
      double bytes = 2.0 * one.numbers() * precision.stateBits() / 8;
      Work work = new Work(0, 2.0 * one.numbers(), 0, bytes, bytes);
      return memoryBound(one, bytes / gpu.dramBytesPerSecond(), Bound.DRAM, work);
    }
    throw new IllegalArgumentException("no kernel for " + operator.name());
  }

  /** What fits the cache was written there by the kernel before; states come back a token later. */
  private KernelEstimate streamed(ModelOperator.Elementwise one) {
    double bytes = (one.read() + one.written()) * precision.activationBits() / 8;
    double operations = one.read() * OPERATIONS_PER_NUMBER;
    if (bytes > gpu.memory().cacheBytes()) {
      Work work = new Work(0, operations, 0, bytes, bytes);
      return memoryBound(one, bytes / gpu.dramBytesPerSecond(), Bound.DRAM, work);
    }
    double bandwidth = gpu.memory().cacheBytesPerCycle() * gpu.hertz();
    Work work = new Work(0, operations, 0, bytes, 0);
    return memoryBound(one, bytes / bandwidth, Bound.L2_CACHE, work);
  }

  private KernelEstimate memoryBound(
      ModelOperator operator, double streaming, Bound bound, Work work) {
    double latency = gpu.memory().dramLatencyCycles() / gpu.hertz();
    double seconds = streaming + latency + gpu.kernelGapSeconds();
    return new KernelEstimate(operator, seconds, work.dramBytes(), bound, "", work);
  }

  /** Links carry twice what a processor has, less its share; memory reads and writes it. */
  private KernelEstimate sum(ModelOperator after, long numbers) {
    double bytes = numbers * precision.attentionType().bits() / 8.0;
    Interconnect links = gpu.links().orElseThrow();
    ModelOperator operator =
        new ModelOperator.AllReduce("sum after " + after.name(), after.count(), numbers);
    Work work = new Work(0, numbers, 0, 2 * bytes, 2 * bytes);
    double seconds = links.allReduceSeconds(processors, bytes);
    return new KernelEstimate(operator, seconds, 2 * bytes, Bound.INTERCONNECT, "", work);
  }
}
