package macroscope.tensor;

import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;

/** What {@link Coding.MixedBlocks} does to a matrix before and after its elements are encoded. */
final class MixedBlockQuantizer {

  private final Coding.MixedBlocks coding;
  private final ChannelPlan plan;

  /**
   * @param x row-major matrix, which a plan that is missing is learnt from
   * @throws IllegalArgumentException if the plan is one of other channels
   */
  MixedBlockQuantizer(Coding.MixedBlocks coding, double[] x, int columns) {
    this.coding = coding;
    this.plan =
        coding.plan().orElseGet(() -> ChannelPlan.of(coding, ChannelPlan.magnitudes(x, columns)));
    plan.order()
        .ifPresent(
            order -> {
              if (order.columns() != columns) {
                throw new IllegalArgumentException(
                    "planned channels must number " + columns + ": " + order.columns());
              }
            });
  }

  ChannelPlan plan() {
    return plan;
  }

  double[] ordered(double[] x) {
    return plan.order().map(order -> order.apply(x)).orElse(x);
  }

  /** Clamps elements of blocks of few bits, which a scale that underflows lets out of their range. */
  EncodedMatrix clamped(EncodedMatrix encoded) {
    NumberFormat element = encoded.format().element();
    IntegerFormat wide = (IntegerFormat) element;
    long mask = -1L >>> (Long.SIZE - wide.bits());
    long[] codes = encoded.codes();
    for (int i = 0; i < codes.length; i++) {
      int block = i % encoded.columns() / coding.block();
      if (!plan.high().contains(block)) {
        long integer = wide.integer(codes[i]);
        codes[i] = Math.max(coding.low().least(), Math.min(coding.low().most(), integer)) & mask;
      }
    }
    return plan.order().map(encoded::inOrder).orElse(encoded);
  }
}
