package macroscope.machine.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import macroscope.machine.gpu.EnergyPrices;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.gpu.Work;
import macroscope.workload.ModelOperator;

/**
 * Energy of a phase on all its processors, by level.
 *
 * @param joules by level, in the order from matrix units to external memory, and what is drawn always
 */
public record NetworkEnergy(Map<String, Double> joules) {

  public NetworkEnergy {
    joules = Collections.unmodifiableMap(new LinkedHashMap<>(joules));
  }

  /**
   * What a phase takes at a processor's prices.
   *
   * @throws IllegalArgumentException if the processor has no prices, or none for a type that is
   *     multiplied: a figure without a source is not made up
   */
  public static NetworkEnergy of(NetworkEstimate estimate) {
    return of(
        estimate.gpu(),
        estimate.kernels(),
        kernel -> type(estimate, kernel),
        estimate.seconds(),
        estimate.processors());
  }

  /**
   * What some kernels take.
   *
   * @param types of the operands of each kernel that multiplies
   * @param seconds in which constant power is drawn
   * @param processors that each run them
   * @throws IllegalArgumentException as {@link #of(NetworkEstimate)}
   */
  static NetworkEnergy of(
      Gpu gpu,
      List<KernelEstimate> kernels,
      Function<KernelEstimate, OperandType> types,
      double seconds,
      int processors) {
    EnergyPrices prices =
        gpu.energy()
            .orElseThrow(
                () -> new IllegalArgumentException(gpu.name() + " has no prices of energy"));
    double macs = 0;
    Work work = Work.NONE;
    for (KernelEstimate kernel : kernels) {
      Work all = kernel.work().times(kernel.operator().count());
      work = work.plus(all);
      macs += all.macs() > 0 ? all.macs() * macPrice(prices, gpu, types.apply(kernel)) : 0;
    }
    Map<String, Double> joules = new LinkedHashMap<>();
    joules.put("tensor cores", macs * 1e-12);
    joules.put("vector lanes", work.vectorOperations() * prices.vectorPicojoules() * 1e-12);
    joules.put("shared memory", work.sharedBytes() * prices.sharedPicojoulesPerByte() * 1e-12);
    joules.put("l2 cache", work.cacheBytes() * prices.cachePicojoulesPerByte() * 1e-12);
    joules.put("dram", work.dramBytes() * prices.dramPicojoulesPerByte() * 1e-12);
    joules.put("constant", seconds * prices.constantWatts());
    joules.replaceAll((level, energy) -> energy * processors);
    return new NetworkEnergy(joules);
  }

  private static double macPrice(EnergyPrices prices, Gpu gpu, OperandType type) {
    return prices
        .mac(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    gpu.name() + " has no price of a multiply-accumulate of " + type));
  }

  private static OperandType type(NetworkEstimate estimate, KernelEstimate kernel) {
    boolean activations =
        kernel.operator() instanceof ModelOperator.Attention
            || kernel.operator() instanceof ModelOperator.ActivationProduct;
    return activations ? estimate.precision().attentionType() : estimate.precision().type();
  }

  /** Of all levels. */
  public double total() {
    return joules.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
