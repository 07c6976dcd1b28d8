package macroscope.tensor;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import macroscope.format.ElementEncoding;
import macroscope.format.NumberFormat;
import macroscope.tensor.Extent.Region;

/** Tries scales out and keeps the one with the least sum of squared errors. */
final class ScaleSearch {

  /** Sixteenths of an octave that a scale may lie above and below the one that clips nothing. */
  private static final int ABOVE = 16;

  private static final int BELOW = 32;

  private final boolean wide;
  private final double[] x;
  private final int columns;
  private final GroupEncoder encoder;
  private final LongToDoubleFunction decoder;
  private final long[] codes;

  /** For the innermost level of a format. */
  ScaleSearch(TensorFormat format, ElementEncoding encoding, double[] x, int columns) {
    ScaleLevel level = format.levels().get(format.levels().size() - 1);
    wide = level.rule() == ScaleRule.SEARCH;
    this.x = x;
    this.columns = columns;
    encoder = format.coding().encoder(format.element(), encoding);
    decoder = decoder(format.element());
    codes = new long[x.length];
  }

  private static LongToDoubleFunction decoder(NumberFormat element) {
    if (element.bits() > 12) {
      return element::decodeDouble;
    }
    double[] table = new double[1 << element.bits()];
    Arrays.setAll(table, code -> decodeOrNan(element, code));
    return code -> table[(int) code];
  }

  /** A format need not have a value for every code of its width. */
  private static double decodeOrNan(NumberFormat element, int code) {
    return element.isCode(code) ? element.decodeDouble(code) : Double.NaN;
  }

  /**
   * The scale with the least error; of equal ones the largest.
   *
   * @param outer product of the levels outside
   * @param reaches element values that absmax may be brought to
   * @param scaleOfReach the stored scale that brings absmax there
   */
  double best(Region region, double outer, double[] reaches, DoubleUnaryOperator scaleOfReach) {
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    double[] candidates = candidates(reaches, scaleOfReach);
    for (int i = candidates.length - 1; i >= 0; i--) {
      double error = error(region, outer * candidates[i]);
      if (error < least) {
        least = error;
        best = candidates[i];
      }
    }
    return best;
  }

  /** Distinct scales, ascending. */
  private double[] candidates(double[] reaches, DoubleUnaryOperator scaleOfReach) {
    int above = wide ? ABOVE : 0;
    int below = wide ? BELOW : 0;
    return Arrays.stream(reaches)
        .flatMap(
            reach ->
                IntStream.rangeClosed(-above, below)
                    .mapToDouble(j -> reach * StrictMath.pow(2, j / 16.0)))
        .map(scaleOfReach)
        .distinct()
        .sorted()
        .toArray();
  }

  private double error(Region region, double scale) {
    double sum = 0;
    for (int r = 0; r < region.rows(); r++) {
      int start = (region.row() + r) * columns + region.column();
      sum += error(start, start + region.columns(), scale);
    }
    return sum;
  }

  private double error(int start, int end, double scale) {
    if (scale == 0) {
      return DoubleStream.of(Arrays.copyOfRange(x, start, end)).map(v -> v * v).sum();
    }
    encoder.encode(x, start, end, scale, codes);
    double sum = 0;
    for (int i = start; i < end; i++) {
      double error = decoder.applyAsDouble(codes[i]) * scale - x[i];
      sum += error * error;
    }
    return sum;
  }
}
