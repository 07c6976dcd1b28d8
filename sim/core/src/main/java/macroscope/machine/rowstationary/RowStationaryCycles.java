package macroscope.machine.rowstationary;

import java.util.Map;
import java.util.TreeMap;
import macroscope.workload.ConvolutionShape;

/**
 * Cycles of a convolution on a row-stationary array. A pass loads its weights, then takes as long as
 * the slowest of an element's multiplications (images x filters x channels x columns of the filter x
 * columns of results), the bus that brings sums from the buffer and the one that takes them back, and the
 * bus of images. Channels of a result follow each other, then rows, filters and images; the last pass of
 * each is as small as what is left.
 */
final class RowStationaryCycles {

  private final RowStationaryArray array;
  private final ConvolutionShape shape;
  private final RowStationaryMapping mapping;

  RowStationaryCycles(
      RowStationaryArray array, ConvolutionShape shape, RowStationaryMapping mapping) {
    this.array = array;
    this.shape = shape;
    this.mapping = mapping;
  }

  /** One pass with so many images, rows of results, filters and channels. */
  private record Pass(long multiply, long sums, long images, long weights) {
    long cycles() {
      return Math.max(multiply, Math.max(sums, images)) + weights;
    }

    /** What passes beside its weights take, and whose time that is. */
    String slowest() {
      long most = cycles() - weights;
      return most == multiply ? "elements" : most == sums ? "sums" : "images";
    }
  }

  /** How often a size comes and what it is. */
  private record Part(long times, int size) {}

  private static Part[] parts(int whole, int piece) {
    return new Part[] {new Part(whole / piece, piece), new Part(1, whole % piece)};
  }

  /** Of all passes. */
  double total() {
    return causes().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The same by what is waited for: weights, and the slowest of elements, sums and images. */
  Map<String, Double> causes() {
    Map<String, Double> cycles = new TreeMap<>();
    for (Part images : parts(shape.batch(), mapping.images())) {
      for (Part rows : parts(shape.outHeight(), mapping.outputRows())) {
        for (Part filters : parts(shape.groupOutputs(), mapping.passFilters())) {
          for (Part channels : parts(shape.groupChannels(), mapping.passChannels())) {
            if (images.size > 0 && rows.size > 0 && filters.size > 0 && channels.size > 0) {
              double passes = (double) images.times * rows.times * filters.times * channels.times;
              Pass one = pass(images.size, rows.size, filters.size, channels.size);
              double all = passes * shape.groups();
              cycles.merge("weights", all * one.weights, Double::sum);
              cycles.merge(one.slowest(), all * (one.cycles() - one.weights), Double::sum);
            }
          }
        }
      }
    }
    cycles.values().removeIf(count -> count == 0);
    return cycles;
  }

  private Pass pass(int images, int rows, int filters, int channels) {
    long each =
        ceilDivide(filters, mapping.filterSets()) * ceilDivide(channels, mapping.channelSets());
    long multiply = images * each * shape.kernelWidth() * shape.outWidth();
    long sums = (long) images * filters * rows * shape.outWidth();
    long read = (long) images * channels * shape.inputRows(rows) * shape.inputColumns();
    long weights = (long) filters * channels * shape.kernelHeight() * shape.kernelWidth();
    return new Pass(
        multiply,
        ceilDivide(sums, array.buses().sums()),
        ceilDivide(read, array.buses().input()),
        ceilDivide(weights, array.buses().filter()));
  }

  static long ceilDivide(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
