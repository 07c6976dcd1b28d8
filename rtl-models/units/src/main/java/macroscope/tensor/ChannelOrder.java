package macroscope.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import macroscope.hardware.Widths;

/**
 * An order of the columns (channels, the contraction axis) of a matrix. A product does not change if
 * the columns of both operands are put in one order, so an order found on weights may be folded into
 * the layer before.
 */
public final class ChannelOrder {

  private final int[] sources;

  private ChannelOrder(int[] sources) {
    this.sources = sources;
  }

  /**
   * Columns by their Euclidean norm, the largest first, equal ones as they come.
   *
   * @param x row-major rows x columns matrix
   */
  public static ChannelOrder byNorm(double[] x, int rows, int columns) {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    double[] squares = new double[columns];
    for (int i = 0; i < x.length; i++) {
      squares[i % columns] += x[i] * x[i];
    }
    return descending(squares);
  }

  /** Columns by given magnitudes, the largest first, equal ones as they come. */
  public static ChannelOrder descending(double[] magnitudes) {
    return new ChannelOrder(
        IntStream.range(0, magnitudes.length)
            .boxed()
            .sorted(Comparator.comparingDouble(column -> -magnitudes[column]))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  /** How many columns are ordered. */
  public int columns() {
    return sources.length;
  }

  /** Which column of the matrix stands at {@code place} in this order. */
  public int source(int place) {
    return sources[place];
  }

  /** The matrix with its columns in this order. */
  public double[] apply(double[] x) {
    int columns = sources.length;
    double[] ordered = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      ordered[i] = x[i - i % columns + sources[i % columns]];
    }
    return ordered;
  }

  /** The matrix whose columns in this order are {@code ordered}. */
  public double[] undo(double[] ordered) {
    int columns = sources.length;
    double[] x = new double[ordered.length];
    for (int i = 0; i < x.length; i++) {
      x[i - i % columns + sources[i % columns]] = ordered[i];
    }
    return x;
  }

  /** As {@link #undo(double[])}. */
  public float[] undo(float[] ordered) {
    int columns = sources.length;
    float[] x = new float[ordered.length];
    for (int i = 0; i < x.length; i++) {
      x[i - i % columns + sources[i % columns]] = ordered[i];
    }
    return x;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelOrder order && Arrays.equals(sources, order.sources);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sources);
  }

  @Override
  public String toString() {
    return "ChannelOrder" + Arrays.toString(sources);
  }
}
