package macroscope.machine.rowstationary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Widths;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.ConvolutionShape;
import macroscope.workload.ProductLayer;

/**
 * A row-stationary array (Eyeriss: Chen, Krishna, Emer, Sze, JSSC 52-1, 2017). Each element keeps rows
 * of filters and slides them along rows of images; sums go up a column of its set and, between passes,
 * to a buffer. This is none of the stationary dataflows of a {@link macroscope.machine.Machine}: a
 * convolution is not made a matrix product.
 *
 * @param name as files name it
 * @param rows rows of elements
 * @param columns columns of elements
 * @param clockMegahertz clock
 * @param bits of a number, whatever it is
 * @param pads memories of an element
 * @param bufferBytes of the buffer that images and sums share
 * @param buses between it and the elements
 */
public record RowStationaryArray(
    String name,
    int rows,
    int columns,
    double clockMegahertz,
    int bits,
    Pads pads,
    double bufferBytes,
    Buses buses)
    implements LayerMachine {

  /**
   * Memories of an element, in numbers.
   *
   * @param filter of weights
   * @param input of a window of images
   * @param sums of unfinished sums
   */
  public record Pads(int filter, int input, int sums) {
    public Pads {
      Widths.positive("filter pad", filter);
      Widths.positive("input pad", input);
      Widths.positive("sum pad", sums);
    }
  }

  /**
   * Numbers a cycle.
   *
   * @param filter of weights
   * @param input of images
   * @param sums of unfinished sums, in each direction
   */
  public record Buses(int filter, int input, int sums) {
    public Buses {
      Widths.positive("filter numbers a cycle", filter);
      Widths.positive("input numbers a cycle", input);
      Widths.positive("sums a cycle", sums);
    }
  }

  public RowStationaryArray {
    Widths.inRange("rows", rows, 1, 1 << 10);
    Widths.inRange("columns", columns, 1, 1 << 10);
    Widths.inRange("bits", bits, 1, 64);
    if (!(clockMegahertz > 0 && clockMegahertz < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "clock megahertz must be finite and above 0: " + clockMegahertz);
    }
  }

  /** Whether a convolution can be cut so: elements, their memories and the buffer are enough. */
  public boolean holds(ConvolutionShape shape, RowStationaryMapping mapping) {
    int width = Math.min(mapping.outputRows(), columns);
    long pieces = RowStationaryCycles.ceilDivide(mapping.outputRows(), columns);
    long places =
        shape.kernelHeight() > rows
            ? 0
            : (long) (rows / shape.kernelHeight()) * Math.max(1, columns / width);
    int window = mapping.channels() * shape.kernelWidth();
    return mapping.channelSets() * mapping.filterSets() * pieces <= places
        && window <= pads.input()
        && mapping.filters() * window <= pads.filter()
        && mapping.filters() <= pads.sums()
        && imageBytes(shape, mapping) + sumBytes(shape, mapping) <= bufferBytes;
  }

  /** Bytes of images in the buffer. */
  public double imageBytes(ConvolutionShape shape, RowStationaryMapping mapping) {
    double numbers =
        (double) mapping.images()
            * mapping.passChannels()
            * shape.inputRows(mapping.outputRows())
            * shape.inputColumns();
    return numbers * bits / 8;
  }

  /** Bytes of sums in the buffer. */
  public double sumBytes(ConvolutionShape shape, RowStationaryMapping mapping) {
    double numbers =
        (double) mapping.images() * mapping.resident() * mapping.outputRows() * shape.outWidth();
    return numbers * bits / 8;
  }

  /** Seconds of a convolution that is cut so, without what external memory adds. */
  public double seconds(ConvolutionShape shape, RowStationaryMapping mapping) {
    return new RowStationaryCycles(this, shape, mapping).total() / (clockMegahertz * 1e6);
  }

  @Override
  public String multiplies() {
    return "elements of at most " + bits + " bits";
  }

  @Override
  public Optional<Double> peakMacsPerSecond(LayerFormats formats) {
    return Optional.of(rows * columns * clockMegahertz * 1e6);
  }

  @Override
  public Optional<LayerTime> time(ProductLayer layer, LayerFormats formats) {
    if (formats.activationElementBits() > bits || formats.weightElementBits() > bits) {
      return Optional.empty();
    }
    ConvolutionShape shape = layer.asConvolution();
    return new RowStationarySearch(this).fastest(shape).map(mapping -> time(shape, mapping));
  }

  private LayerTime time(ConvolutionShape shape, RowStationaryMapping mapping) {
    RowStationaryCycles cycles = new RowStationaryCycles(this, shape, mapping);
    Map<String, Double> parts = new LinkedHashMap<>();
    cycles.causes().forEach((cause, count) -> parts.put(cause, count / (clockMegahertz * 1e6)));
    String bound = Collections.max(parts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return new LayerTime(
        seconds(shape, mapping), bound, mapping.toString(), parts, Optional.empty());
  }
}
