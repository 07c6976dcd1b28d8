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
 * Energy of a phase on all its processors, by level, never more than their boards can draw in its time.
 *
 * @param joules by level, in the order from matrix units to external memory, and what is drawn always;
 *     where prices add up to more than the boards' power, all levels but the last are lowered alike
 * @param processors how many
 * @param boardWatts what each of their boards may draw
 * @param seconds of the phase
 * @param pricedWatts what the prices of one processor add up to
 * @param secondsAtMost of the phase, if the boards lowered their clocks until these prices fit
 */
public record NetworkEnergy(
    Map<String, Double> joules,
    int processors,
    double boardWatts,
    double seconds,
    double pricedWatts,
    double secondsAtMost) {

  public NetworkEnergy {
    joules = Collections.unmodifiableMap(new LinkedHashMap<>(joules));
  }

  /**
   * What a phase takes at a processor's prices. The power is the mean of the phase: boards regulate it over
   * tens of milliseconds, kernels take microseconds.
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
   * @param seconds that they take at the full clock
   * @param processors that each run them
   * @throws IllegalArgumentException as {@link #of(NetworkEstimate)}
   */
  static NetworkEnergy of(
      Gpu gpu,
      List<KernelEstimate> kernels,
      Function<KernelEstimate, OperandType> types,
      double seconds,
      int processors) {
    EnergyPrices prices = gpu.prices();
    double macs = 0;
    Work work = Work.NONE;
    for (KernelEstimate kernel : kernels) {
      Work all = kernel.work().times(kernel.operator().count());
      work = work.plus(all);
      macs += all.macs() > 0 ? all.macs() * gpu.macPicojoules(types.apply(kernel)) : 0;
    }
    Map<String, Double> joules = prices.joules(work, macs);
    double dynamic = joules.values().stream().mapToDouble(Double::doubleValue).sum();
    double within = prices.withinPower(dynamic, seconds);
    joules.replaceAll((level, energy) -> energy * within * processors);
    joules.put("constant", seconds * prices.constantWatts() * processors);
    return new NetworkEnergy(
        joules,
        processors,
        prices.boardWatts(),
        seconds,
        dynamic / seconds + prices.constantWatts(),
        prices.secondsAtMost(dynamic, seconds));
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

  /** Mean of one board. */
  public double watts() {
    return total() / processors / seconds;
  }

  /** Whether the prices add up to more than the board's power. */
  public boolean limited() {
    return pricedWatts > boardWatts;
  }
}
