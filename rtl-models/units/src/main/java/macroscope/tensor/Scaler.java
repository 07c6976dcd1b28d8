package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import macroscope.format.ElementEncoding;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.Extent.Region;

/** The scales of one matrix, level by level from the outermost in, by each level's rule. */
final class Scaler {

  /** What an all-zero block counts as under a power-of-two rule: binary32's least normal number. */
  private static final double LEAST_NORMAL = 0x1p-126;

  private final TensorFormat format;
  private final ElementEncoding encoding;
  private final double[] x;
  private final int rows;
  private final int columns;
  private final List<double[]> scales = new ArrayList<>();
  private long[] zeroPoints = {};

  /**
   * @param encoding of the elements, for rules that try scales out
   */
  Scaler(TensorFormat format, ElementEncoding encoding, double[] x, int rows, int columns) {
    this.format = format;
    this.encoding = encoding;
    this.x = x;
    this.rows = rows;
    this.columns = columns;
  }

  /** All scales from the elements. */
  Scaler find() {
    for (int level = scales.size(); level < format.levels().size(); level++) {
      scales.add(find(level));
    }
    return this;
  }

  /** All scales, with the one of the outermost level, which spans the whole tensor, given. */
  Scaler findUnder(double tensorScale) {
    scales.add(new double[] {tensorScale});
    return find();
  }

  List<double[]> scales() {
    return scales;
  }

  /** The zero point of each innermost scale; none if the format has none. */
  long[] zeroPoints() {
    return zeroPoints;
  }

  /** Product of the scales found so far at an element, outermost first. */
  double product(int row, int column) {
    double product = 1;
    for (int level = 0; level < scales.size(); level++) {
      Extent extent = format.levels().get(level).extent();
      product *= scales.get(level)[extent.index(row, column, columns)];
    }
    return product;
  }

  /**
   * The scales of the innermost level that begin at a column once more, from the elements as they are
   * now.
   */
  void findAgain(int column) {
    int level = format.levels().size() - 1;
    Extent extent = format.levels().get(level).extent();
    Optional<ScaleSearch> search = search(level);
    double below = largestOfScalesBelow(level);
    double[] outermost = scales.remove(level);
    for (int row = 0; row < rows; row++) {
      int index = extent.index(row, column, columns);
      Region region = extent.region(index, rows, columns);
      if (region.row() == row && region.column() == column) {
        outermost[index] = find(level, index, below, search);
      }
    }
    scales.add(outermost);
  }

  private double[] find(int level) {
    ScaleLevel description = format.levels().get(level);
    double[] found = new double[description.extent().count(rows, columns)];
    double below = largestOfScalesBelow(level);
    description.zeroPoint().ifPresent(z -> zeroPoints = new long[found.length]);
    Optional<ScaleSearch> search = search(level);
    for (int index = 0; index < found.length; index++) {
      found[index] = find(level, index, below, search);
    }
    return found;
  }

  private Optional<ScaleSearch> search(int level) {
    boolean several = format.coding().reaches(format.element()).length > 1;
    boolean innermost = level + 1 == format.levels().size();
    boolean searches =
        format.levels().get(level).rule() == ScaleRule.SEARCH || innermost && several;
    return searches ? Optional.of(new ScaleSearch(format, encoding, x, columns)) : Optional.empty();
  }

  /** One scale; those of the levels outside are known. */
  private double find(int level, int index, double below, Optional<ScaleSearch> search) {
    ScaleLevel description = format.levels().get(level);
    Region region = description.extent().region(index, rows, columns);
    double outer = product(region.row(), region.column());
    double[] reaches = format.coding().reaches(format.element(), region);
    if (search.isPresent()) {
      double absmax = absmax(region);
      return search
          .get()
          .best(region, outer, reaches, reach -> stored(level, absmax / reach / outer));
    }
    double reach = description.rule() == ScaleRule.ABSMAX ? farthest(reaches) : reaches[0];
    double scale = stored(level, scale(description.rule(), region, reach * below, outer));
    findZeroPoint(description, index, region, scale * outer);
    return scale;
  }

  /** The largest magnitude of the elements: an integer's most negative value, where it is used. */
  private double farthest(double[] reaches) {
    return format.element() instanceof IntegerFormat element
            && !(format.coding() instanceof Coding.MixedBlocks)
        ? Math.scalb((double) Math.max(element.most(), -element.least()), -element.fractionBits())
        : reaches[0];
  }

  private void findZeroPoint(ScaleLevel level, int index, Region region, double scale) {
    if (level.zeroPoint().isPresent() && format.element() instanceof IntegerFormat element) {
      IntegerFormat stored = level.zeroPoint().get();
      double below = scale == 0 ? 0 : Math.rint(reduced(region, Math::min) / scale);
      long code =
          stored.encodeDouble(
              element.least() - below, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
      zeroPoints[index] = stored.integer(code);
    }
  }

  /** The least or the largest number of a region and 0. */
  private double reduced(Region region, DoubleBinaryOperator choice) {
    double chosen = 0;
    for (int r = 0; r < region.rows(); r++) {
      int start = (region.row() + r) * columns + region.column();
      for (int i = start; i < start + region.columns(); i++) {
        chosen = choice.applyAsDouble(chosen, x[i]);
      }
    }
    return chosen;
  }

  private double absmax(Region region) {
    double largest = 0;
    for (int r = 0; r < region.rows(); r++) {
      int start = (region.row() + r) * columns + region.column();
      for (int i = start; i < start + region.columns(); i++) {
        largest = Math.max(largest, Math.abs(x[i]));
      }
    }
    return largest;
  }

  /** The mean of a function of what the coding averages; adds up rows first, then their sums. */
  private double mean(Region region, DoubleUnaryOperator of) {
    double total = 0;
    for (int r = 0; r < region.rows(); r++) {
      int start = (region.row() + r) * columns + region.column();
      double sum = 0;
      for (int i = start; i < start + region.columns(); i++) {
        sum += of.applyAsDouble(x[i]);
      }
      total += sum;
    }
    int averaged = format.coding().averaged(region.columns());
    return total / ((double) region.rows() * averaged);
  }

  /** The product of the largest scale of each level inside. */
  private double largestOfScalesBelow(int level) {
    double largest = 1;
    for (ScaleLevel inner : format.levels().subList(level + 1, format.levels().size())) {
      boolean ofLargest = inner.rule() == ScaleRule.POWER_OF_TWO_OF_LARGEST;
      largest *= ofLargest ? 1 : inner.format().map(Scaler::max).orElse(1.0);
    }
    return largest;
  }

  private static double max(NumberFormat format) {
    long code = format.encodeDouble(Double.MAX_VALUE, RoundingMode.TOWARD_ZERO, Overflow.SATURATE);
    return format.decodeDouble(code);
  }

  /**
   * @param largest what the largest magnitude of the region is brought to
   * @param outer product of the levels outside
   */
  private double scale(ScaleRule rule, Region region, double largest, double outer) {
    if (rule == ScaleRule.ABSMEAN) {
      return mean(region, Math::abs) / outer;
    }
    if (rule == ScaleRule.ROOT_MEAN_SQUARE) {
      double reach = format.coding().reaches(format.element())[0];
      return Math.sqrt(mean(region, value -> value * value)) / reach / outer;
    }
    if (rule == ScaleRule.MINMAX && format.element() instanceof IntegerFormat element) {
      double span = reduced(region, Math::max) - reduced(region, Math::min);
      return span / ((double) element.most() - element.least()) / outer;
    }
    double absmax = absmax(region);
    if (rule == ScaleRule.POWER_OF_TWO_OF_LARGEST) {
      // By the operations of the level outside, so that the largest scale's own is 1.
      double own = absmax == 0 ? LEAST_NORMAL : absmax / largest;
      return Math.scalb(1.0, -ceilLog2Quotient(outer, own));
    }
    if (rule == ScaleRule.ABSMAX) {
      return absmax / largest / outer;
    }
    if (absmax == 0 && rule == ScaleRule.SHARED_EXPONENT) {
      return Double.MIN_VALUE;
    }
    double inner = absmax == 0 ? LEAST_NORMAL : absmax / outer;
    return Math.scalb(1.0, exponent(rule, inner, largest));
  }

  private int exponent(ScaleRule rule, double absmax, double largest) {
    return switch (rule) {
      case POWER_OF_TWO_CEIL -> ceilLog2Quotient(absmax, largest);
      case POWER_OF_TWO_NEAREST -> nearestLog2Quotient(absmax, largest);
      case POWER_OF_TWO_EVEN -> Math.getExponent(asElement(absmax)) - Math.getExponent(largest);
      default -> Math.getExponent(absmax) - Math.getExponent(largest);
    };
  }

  /** ceil(log2(a / b)), exactly: the least k with b * 2^k >= a. */
  private static int ceilLog2Quotient(double a, double b) {
    int k = Math.getExponent(a) - Math.getExponent(b);
    return Math.scalb(b, k) < a ? k + 1 : k;
  }

  /** round(log2(a / b)): the least k with b * 2^(k+1/2) > a, by squares of the significands. */
  private static int nearestLog2Quotient(double a, double b) {
    int k = Math.getExponent(a) - Math.getExponent(b);
    double significand = Math.scalb(a, -Math.getExponent(a));
    double quotient = significand / Math.scalb(b, -Math.getExponent(b));
    double square = quotient * quotient;
    return square > 2 ? k + 1 : square > 0.5 ? k : k - 1;
  }

  /** A positive number rounded to the significand bits of the element, with no end of exponents. */
  private double asElement(double absmax) {
    int fractionBits =
        format.element() instanceof FloatFormat f ? f.fractionBits() : format.element().bits() - 2;
    double ulp = Math.scalb(1.0, Math.getExponent(absmax) - fractionBits);
    return Math.rint(absmax / ulp) * ulp;
  }

  /** A scale as its level stores it; one that others divide by is never zero. */
  private double stored(int level, double scale) {
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException(format.name() + ": a scale must be finite: " + scale);
    }
    ScaleLevel description = format.levels().get(level);
    double value =
        description
            .format()
            .map(
                f ->
                    f.decodeDouble(
                        f.encodeDouble(scale, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)))
            .orElse(scale);
    boolean divides = level + 1 < format.levels().size() || description.format().isEmpty();
    return value == 0 && divides ? 1 : value;
  }
}
