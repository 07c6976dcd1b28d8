package macroscope.machine.network;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.Gpu;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.MemoryNeed;

/**
 * What a phase of inference takes.
 *
 * @param gpu the processor
 * @param processors how many of them share the network
 * @param precision formats
 * @param model what one of them has of the network
 * @param phase the phase
 * @param kernels one processor's kernels of a layer in order, then those after the layers
 * @param launchSeconds paid once
 */
public record NetworkEstimate(
    Gpu gpu,
    int processors,
    Precision precision,
    LanguageModel model,
    Inference phase,
    List<KernelEstimate> kernels,
    double launchSeconds) {

  public NetworkEstimate {
    kernels = List.copyOf(kernels);
  }

  /** From the host and back. */
  public double seconds() {
    return launchSeconds + kernels.stream().mapToDouble(KernelEstimate::totalSeconds).sum();
  }

  /** Kernels of the graph that is launched. */
  public long launchedKernels() {
    return kernels.stream().mapToLong(kernel -> kernel.operator().count()).sum();
  }

  /** Tokens a second: of prompts in prefill, new ones in decode. */
  public double tokensPerSecond() {
    return phase.tokens() / seconds();
  }

  /** Bytes that one processor keeps. */
  public Footprint footprint() {
    boolean scores = kernels.stream().anyMatch(k -> k.operator().name().endsWith(", softmax"));
    return new Footprint(
        precision.weightBytes(model),
        precision.cacheBytes(model, phase),
        MemoryNeed.activations(model, phase, scores) * precision.activationBits() / Byte.SIZE);
  }

  /** Bytes of one processor's weights. */
  public double weightBytes() {
    return footprint().weights();
  }

  /** Bytes of one processor's cache: keys and values, or inputs, and states. */
  public double cacheBytes() {
    return footprint().cache();
  }

  /** Whether weights, cache and activations fit the external memory of each processor. */
  public boolean fits() {
    return footprint().total() <= gpu.memory().dramBytes();
  }

  /** Bytes to and from one processor's external memory. */
  public double dramBytes() {
    return kernels.stream().mapToDouble(k -> k.operator().count() * k.dramBytes()).sum();
  }

  /** Multiply-accumulates of one processor's matrix products. */
  public double macs() {
    return kernels.stream()
        .mapToDouble(k -> (double) k.operator().count() * k.operator().macs())
        .sum();
  }

  /** Seconds of kernels by what bounds them. */
  public Map<Bound, Double> secondsByBound() {
    Map<Bound, Double> sums = new EnumMap<>(Bound.class);
    sums.put(Bound.LAUNCH, launchSeconds);
    kernels.forEach(k -> sums.merge(k.bound(), k.totalSeconds(), Double::sum));
    return sums;
  }

  /** What bounds most of the time. */
  public Bound bound() {
    return secondsByBound().entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }
}
