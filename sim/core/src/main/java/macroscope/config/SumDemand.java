package macroscope.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import macroscope.sweep.Workload;
import macroscope.tensor.TensorFormat;
import macroscope.unit.AccumulatorRule;
import macroscope.unit.SumRange;
import macroscope.unit.WeightSums;
import macroscope.workload.Gemm;

/** What the sums of a network ask of exact accumulators. */
interface SumDemand {

  /** Most products of a sum. */
  int longest();

  /**
   * All sums of all layers.
   *
   * @throws IllegalArgumentException with the reason if they are not known
   */
  SumRange range(AccumulatorRule rule);

  /** Sums that are not known. */
  static SumDemand unknown(String reason) {
    return new SumDemand() {
      @Override
      public int longest() {
        throw new IllegalArgumentException("the accumulator must be given in bits: " + reason);
      }

      @Override
      public SumRange range(AccumulatorRule rule) {
        throw new IllegalArgumentException("the accumulator must be given in bits: " + reason);
      }
    };
  }

  /**
   * The sums of a network whose operands are quantized so.
   *
   * @param weights what its layers' weights tell
   */
  static SumDemand of(
      Workload workload, Supplier<List<WeightSums>> weights, TensorFormat activations) {
    Map<AccumulatorRule, SumRange> known = new EnumMap<>(AccumulatorRule.class);
    return new SumDemand() {
      @Override
      public int longest() {
        return workload.gemms().stream().mapToInt(Gemm::k).max().orElseThrow();
      }

      @Override
      public SumRange range(AccumulatorRule rule) {
        return known.computeIfAbsent(rule, r -> sums(workload, weights, activations, r));
      }
    };
  }

  private static SumRange sums(
      Workload workload,
      Supplier<List<WeightSums>> weights,
      TensorFormat activations,
      AccumulatorRule rule) {
    SumRange all =
        weights.get().stream()
            .map(layer -> rule.range(activations.element(), layer))
            .reduce(SumRange.ZERO, SumRange::or);
    if (workload.attention()) {
      for (Gemm gemm : workload.gemms()) {
        all = all.or(ofActivations(activations, gemm));
      }
    }
    return all;
  }

  private static SumRange ofActivations(TensorFormat activations, Gemm gemm) {
    return SumRange.ofFormats(activations.element(), activations.element(), gemm.k());
  }
}
