package macroscope.accuracy;

import macroscope.format.Rounding;
import macroscope.format.RoundingMode;
import macroscope.tensor.TensorFormat;

/**
 * Quantization signal-to-noise ratio of a format, {@code -10 log10(sum (Q(x) - x)^2 / sum x^2)}, in
 * decibels (arXiv 2302.08007, section 3.1). Adds matrices of one tensor up.
 *
 * <p>The standard error is that of a {@link NoiseRatio} over rows, or samples where rows of one sample
 * are alike, brought to decibels.
 */
public final class Qsnr {
  private final Restoration restoration;
  private final NoiseRatio noise = new NoiseRatio();

  /** With rounding to nearest, ties to even. */
  public Qsnr(TensorFormat format) {
    this(format, RoundingMode.TIES_TO_EVEN);
  }

  /**
   * @param rounding of the elements
   */
  public Qsnr(TensorFormat format, Rounding rounding) {
    this(Restoration.rounded(format, rounding));
  }

  /**
   * @param restoration what is left of a matrix
   */
  public Qsnr(Restoration restoration) {
    this.restoration = restoration;
  }

  /** The ratio on one matrix; every row is a unit of its own. */
  public static Metric of(TensorFormat format, double[] x, int rows, int columns) {
    return of(Restoration.rounded(format, RoundingMode.TIES_TO_EVEN), x, rows, columns);
  }

  /** The ratio of what is left of one matrix; every row is a unit of its own. */
  public static Metric of(Restoration restoration, double[] x, int rows, int columns) {
    Qsnr qsnr = new Qsnr(restoration);
    qsnr.add(x, rows, columns, 1);
    return qsnr.metric();
  }

  /**
   * Adds a matrix, rows x columns with K along the columns, quantized as a whole.
   *
   * @param rowsPerUnit rows that make an independent unit, a divisor of {@code rows}
   * @throws IllegalArgumentException if an element is NaN or infinite
   */
  public void add(double[] x, int rows, int columns, int rowsPerUnit) {
    add(x, restoration.of(x, rows, columns), rowsPerUnit * columns);
  }

  /**
   * Adds a matrix that was restored elsewhere.
   *
   * @param size elements of an independent unit, a divisor of their number
   */
  public void add(double[] x, double[] restored, int size) {
    for (int at = 0; at < x.length; at += size) {
      noise.add(x, restored, at, at + size);
    }
  }

  /**
   * The ratio of all that was added, as {@code qsnr_db}: infinite if there is no error, NaN if there
   * is no signal. The standard error is NaN for fewer than two units or an infinite ratio.
   */
  public Metric metric() {
    return noise.decibels();
  }
}
