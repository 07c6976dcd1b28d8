package macroscope.tensor;

import java.util.Optional;
import java.util.Set;

/**
 * Where the channels of a matrix stand and which blocks of them have more bits: what {@link
 * Coding.MixedBlocks} learns from data, once for all matrices of a layer or from each matrix.
 *
 * @param order of the channels; empty if they stay as they are
 * @param high blocks of more bits, counted from 0 in that order
 */
public record ChannelPlan(Optional<ChannelOrder> order, Set<Integer> high) {

  public ChannelPlan {
    high = Set.copyOf(high);
  }

  /**
   * The plan for channels of these magnitudes.
   *
   * @param magnitudes largest magnitude of each channel
   * @throws IllegalArgumentException if a block is listed that there is none of
   */
  public static ChannelPlan of(Coding.MixedBlocks coding, double[] magnitudes) {
    Optional<ChannelOrder> order =
        coding.sorted() ? Optional.of(ChannelOrder.descending(magnitudes)) : Optional.empty();
    double[] ordered = order.map(o -> o.apply(magnitudes)).orElse(magnitudes);
    double[] blocks = new double[coding.blocks(magnitudes.length)];
    for (int channel = 0; channel < ordered.length; channel++) {
      int block = channel / coding.block();
      blocks[block] = Math.max(blocks[block], ordered[channel]);
    }
    return new ChannelPlan(order, coding.choice().chosen(blocks));
  }

  /**
   * The largest magnitude of each channel.
   *
   * @param x row-major matrix
   * @param columns its channels
   */
  public static double[] magnitudes(double[] x, int columns) {
    double[] magnitudes = new double[columns];
    for (int i = 0; i < x.length; i++) {
      int column = i % columns;
      magnitudes[column] = Math.max(magnitudes[column], Math.abs(x[i]));
    }
    return magnitudes;
  }
}
