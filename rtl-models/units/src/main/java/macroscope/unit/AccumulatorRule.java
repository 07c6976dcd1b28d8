package macroscope.unit;

import macroscope.format.NumberFormat;

/** What the width of an exact accumulator is derived from. Each holds every sum; the later, the less. */
public enum AccumulatorRule {
  /** Any codes of both formats: weights may change later. */
  DATA_TYPES,
  /** The l1 norm of each row of the weights and the largest activation (A2Q, arXiv 2308.13504). */
  L1_NORM,
  /** The weights themselves and the worst activation for each (FINN). */
  WEIGHTS;

  /**
   * The sums of a layer.
   *
   * @param a format of the activations
   * @throws IllegalArgumentException if it is neither integer nor float
   */
  public SumRange range(NumberFormat a, WeightSums weights) {
    return switch (this) {
      case DATA_TYPES -> weights.ofFormats(a);
      case L1_NORM -> weights.ofNorm(a);
      case WEIGHTS -> weights.ofWeights(a);
    };
  }
}
