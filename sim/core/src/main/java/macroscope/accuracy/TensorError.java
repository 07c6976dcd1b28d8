package macroscope.accuracy;

import java.util.Arrays;
import java.util.Optional;
import macroscope.tensor.Coding;
import macroscope.tensor.Extent;
import macroscope.tensor.TensorFormat;

/**
 * What a format does to one matrix.
 *
 * @param qsnr of the whole matrix, in decibels; rows are the independent units of its standard error
 * @param bias mean of the errors
 * @param rootMeanSquare of the errors
 * @param largest magnitude of the errors
 * @param flushed part of the nonzero elements that became zero, 0..1
 * @param blocks by innermost scale; empty where blocks are of columns in another order
 */
public record TensorError(
    Metric qsnr,
    double bias,
    double rootMeanSquare,
    double largest,
    double flushed,
    Optional<Blocks> blocks) {

  /**
   * The elements of one innermost scale each, a row each if there are no scales. Blocks of zeros
   * are left out.
   *
   * @param count of blocks
   * @param crest largest magnitude over root mean square
   * @param decibels QSNR of a block; infinite where it is exact
   */
  public record Blocks(int count, Quartiles crest, Quartiles decibels) {}

  /** Minimum, quartiles (interpolated, as numpy's default) and maximum; NaN of nothing. */
  public record Quartiles(double least, double first, double median, double third, double most) {

    static Quartiles of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return new Quartiles(
          at(sorted, 0), at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), at(sorted, 1));
    }

    private static double at(double[] sorted, double part) {
      if (sorted.length == 0) {
        return Double.NaN;
      }
      double place = part * (sorted.length - 1);
      int below = (int) place;
      double low = sorted[below];
      double high = sorted[Math.min(below + 1, sorted.length - 1)];
      return low == high ? low : low + (place - below) * (high - low);
    }
  }

  /**
   * Measures a rows x columns matrix, row-major.
   *
   * @param restoration what is left of it in the format
   */
  public static TensorError of(
      TensorFormat format, Restoration restoration, double[] x, int rows, int columns) {
    double[] restored = restoration.of(x, rows, columns);
    Qsnr qsnr = new Qsnr(restoration);
    qsnr.add(x, restored, columns);
    double sum = 0;
    double squares = 0;
    double largest = 0;
    int flushed = 0;
    int nonzero = 0;
    for (int i = 0; i < x.length; i++) {
      double error = restored[i] - x[i];
      sum += error;
      squares += error * error;
      largest = Math.max(largest, Math.abs(error));
      nonzero += x[i] != 0 ? 1 : 0;
      flushed += x[i] != 0 && restored[i] == 0 ? 1 : 0;
    }
    boolean ordered = !(format.coding() instanceof Coding.Rearranged);
    return new TensorError(
        qsnr.metric(),
        sum / x.length,
        Math.sqrt(squares / x.length),
        largest,
        nonzero == 0 ? 0 : (double) flushed / nonzero,
        ordered ? Optional.of(blocks(format, x, restored, rows, columns)) : Optional.empty());
  }

  private static Blocks blocks(
      TensorFormat format, double[] x, double[] restored, int rows, int columns) {
    int levels = format.levels().size();
    Extent extent = levels == 0 ? new Extent.Row() : format.levels().get(levels - 1).extent();
    int count = extent.count(rows, columns);
    double[] signals = new double[count];
    double[] noises = new double[count];
    double[] largest = new double[count];
    int[] lengths = new int[count];
    for (int i = 0; i < x.length; i++) {
      int block = extent.index(i / columns, i % columns, columns);
      double error = restored[i] - x[i];
      signals[block] += x[i] * x[i];
      noises[block] += error * error;
      largest[block] = Math.max(largest[block], Math.abs(x[i]));
      lengths[block]++;
    }
    double[] crests = new double[count];
    double[] decibels = new double[count];
    int kept = 0;
    for (int block = 0; block < count; block++) {
      if (signals[block] > 0) {
        crests[kept] = largest[block] / Math.sqrt(signals[block] / lengths[block]);
        decibels[kept++] = -10 * StrictMath.log10(noises[block] / signals[block]);
      }
    }
    return new Blocks(
        count,
        Quartiles.of(Arrays.copyOf(crests, kept)),
        Quartiles.of(Arrays.copyOf(decibels, kept)));
  }
}
