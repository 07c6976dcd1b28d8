package macroscope.machine.rowstationary;

import macroscope.hardware.Widths;

/**
 * How a convolution is cut for a row-stationary array, in the letters of Chen et al. (JSSC 52-1,
 * 2017, Table III). A set of processing elements has a row for each row of the filter and a column for
 * each row of results; a pass is what all sets do before the buffer is read again.
 *
 * @param resident m, outputs whose sums lie in the buffer at a time
 * @param images n, images of a pass
 * @param outputRows e, rows of results of a set
 * @param filters p, filters that an element interleaves
 * @param channels q, channels that an element interleaves
 * @param channelSets r, sets that have different channels
 * @param filterSets t, sets that have different filters
 */
public record RowStationaryMapping(
    int resident,
    int images,
    int outputRows,
    int filters,
    int channels,
    int channelSets,
    int filterSets) {

  public RowStationaryMapping {
    Widths.positive("m", resident);
    Widths.positive("n", images);
    Widths.positive("e", outputRows);
    Widths.positive("p", filters);
    Widths.positive("q", channels);
    Widths.positive("r", channelSets);
    Widths.positive("t", filterSets);
    if (resident > filters * filterSets && resident % (filters * filterSets) != 0) {
      throw new IllegalArgumentException("m must be a multiple of p t or below it: " + resident);
    }
  }

  /** Filters of a pass. */
  public int passFilters() {
    return filters * filterSets;
  }

  /** Channels of a pass. */
  public int passChannels() {
    return channels * channelSets;
  }

  /** {@code m 96, n 1, e 7, p 16, q 1, r 1, t 2}. */
  @Override
  public String toString() {
    return "m %d, n %d, e %d, p %d, q %d, r %d, t %d"
        .formatted(resident, images, outputRows, filters, channels, channelSets, filterSets);
  }
}
