package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/** The scales of one matrix, level by level from the outermost in, by each level's rule. */
final class Scaler {

  /** What an all-zero block counts as under a power-of-two rule: binary32's least normal number. */
  private static final double LEAST_NORMAL = 0x1p-126;

  private final TensorFormat format;
  private final double[] x;
  private final int rows;
  private final int columns;
  private final List<double[]> scales = new ArrayList<>();

  Scaler(TensorFormat format, double[] x, int rows, int columns) {
    this.format = format;
    this.x = x;
    this.rows = rows;
    this.columns = columns;
    findFrom(0);
  }

  /** With the scale of the outermost level, one for the whole tensor, given. */
  Scaler(TensorFormat format, double[] x, int rows, int columns, double tensorScale) {
    this.format = format;
    this.x = x;
    this.rows = rows;
    this.columns = columns;
    scales.add(new double[] {tensorScale});
    findFrom(1);
  }

  List<double[]> scales() {
    return scales;
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

  private void findFrom(int first) {
    for (int level = first; level < format.levels().size(); level++) {
      scales.add(find(level));
    }
  }

  private double[] find(int level) {
    ScaleLevel description = format.levels().get(level);
    double[] found = statistics(description);
    double largest = largestBelow(level);
    int run = description.extent().run(columns);
    int lastIndex = -1;
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k += run) {
        int index = description.extent().index(r, k, columns);
        if (index != lastIndex) {
          double scale = scale(description.rule(), found[index], largest, product(r, k));
          found[index] = stored(level, scale);
          lastIndex = index;
        }
      }
    }
    return found;
  }

  /** absmax or mean of each scale's elements. */
  private double[] statistics(ScaleLevel level) {
    double[] found = new double[level.extent().count(rows, columns)];
    boolean mean = level.rule() == ScaleRule.ABSMEAN;
    int run = level.extent().run(columns);
    int[] counts = new int[mean ? found.length : 0];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k += run) {
        int index = level.extent().index(r, k, columns);
        int start = r * columns + k;
        int end = start + Math.min(run, columns - k);
        if (mean) {
          found[index] += sum(start, end);
          counts[index] += end - start;
        } else {
          found[index] = Math.max(found[index], largest(start, end));
        }
      }
    }
    for (int i = 0; i < counts.length; i++) {
      found[i] /= counts[i];
    }
    return found;
  }

  private double largest(int start, int end) {
    double largest = 0;
    for (int i = start; i < end; i++) {
      largest = Math.max(largest, Math.abs(x[i]));
    }
    return largest;
  }

  private double sum(int start, int end) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum += Math.abs(x[i]);
    }
    return sum;
  }

  /** The largest element value times the largest scale of each level inside. */
  private double largestBelow(int level) {
    double largest = max(format.element());
    for (ScaleLevel inner : format.levels().subList(level + 1, format.levels().size())) {
      largest *= inner.format().map(Scaler::max).orElse(1.0);
    }
    return largest;
  }

  private static double max(NumberFormat format) {
    long code = format.encodeDouble(Double.MAX_VALUE, RoundingMode.TOWARD_ZERO, Overflow.SATURATE);
    return format.decodeDouble(code);
  }

  private static double scale(ScaleRule rule, double statistic, double largest, double outer) {
    return switch (rule) {
      case ABSMAX -> statistic / largest / outer;
      case ABSMEAN -> statistic / outer;
      case POWER_OF_TWO_FLOOR -> {
        double absmax = statistic == 0 ? LEAST_NORMAL : statistic / outer;
        yield Math.scalb(1.0, Math.getExponent(absmax) - Math.getExponent(largest));
      }
      case POWER_OF_TWO_CEIL -> {
        double absmax = statistic == 0 ? LEAST_NORMAL : statistic / outer;
        yield Math.scalb(1.0, ceilLog2Quotient(absmax, largest));
      }
    };
  }

  /** ceil(log2(a / b)), exactly: the least k with b * 2^k >= a. */
  private static int ceilLog2Quotient(double a, double b) {
    int k = Math.getExponent(a) - Math.getExponent(b);
    return Math.scalb(b, k) < a ? k + 1 : k;
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
