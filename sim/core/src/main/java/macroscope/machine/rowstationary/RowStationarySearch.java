package macroscope.machine.rowstationary;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.workload.ConvolutionShape;

/**
 * The fastest way to cut a convolution: of all that the array holds, with sums of one pass in the
 * buffer. The chip's own compiler looks for the least energy instead, so that its mappings can be slower.
 */
final class RowStationarySearch {

  private final RowStationaryArray array;

  RowStationarySearch(RowStationaryArray array) {
    this.array = array;
  }

  /** Empty if the filter has more rows than the array, or not even one row of it fits. */
  Optional<RowStationaryMapping> fastest(ConvolutionShape shape) {
    return pieces(shape.outHeight())
        .boxed()
        .flatMap(rows -> images(shape).boxed().flatMap(images -> sets(shape, rows, images)))
        .filter(mapping -> array.holds(shape, mapping))
        .min(
            Comparator.<RowStationaryMapping>comparingDouble(m -> array.seconds(shape, m))
                .thenComparingInt(m -> m.passFilters() * m.passChannels())
                .thenComparing(RowStationaryMapping::toString));
  }

  private static IntStream images(ConvolutionShape shape) {
    return pieces(shape.batch()).filter(n -> n <= 16);
  }

  /** Sizes of the largest piece when something is cut in 1, 2, 3, ... pieces. */
  private static IntStream pieces(int whole) {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (int size = whole; size >= 1; ) {
      sizes.add(size);
      long count = RowStationaryCycles.ceilDivide(whole, size);
      size = Math.min(size - 1, (int) RowStationaryCycles.ceilDivide(whole, count + 1));
    }
    return sizes.stream().mapToInt(Integer::intValue);
  }

  private Stream<RowStationaryMapping> sets(ConvolutionShape shape, int rows, int images) {
    int channelsOfGroup = shape.groupChannels();
    int most = array.rows() * Math.max(1, array.columns() / Math.min(rows, array.columns()));
    int channels = Math.min(shape.groupChannels(), array.pads().input() / shape.kernelWidth());
    return IntStream.rangeClosed(1, most)
        .boxed()
        .flatMap(
            r ->
                IntStream.rangeClosed(1, most / r)
                    .boxed()
                    .flatMap(
                        t ->
                            IntStream.rangeClosed(1, channels)
                                .filter(q -> (long) q * (r - 1) < channelsOfGroup)
                                .boxed()
                                .flatMap(q -> filters(shape, rows, images, q, r, t))));
  }

  private Stream<RowStationaryMapping> filters(
      ConvolutionShape shape, int rows, int images, int q, int r, int t) {
    int most = Math.min(array.pads().sums(), array.pads().filter() / (q * shape.kernelWidth()));
    return pieces((int) RowStationaryCycles.ceilDivide(shape.groupOutputs(), t))
        .filter(p -> p <= most && (long) p * (t - 1) < shape.groupOutputs())
        .mapToObj(
            p ->
                new RowStationaryMapping(
                    Math.min(p * t, shape.groupOutputs()), images, rows, p, q, r, t));
  }
}
