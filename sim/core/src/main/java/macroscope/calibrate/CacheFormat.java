package macroscope.calibrate;

import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;

/**
 * How keys or values are kept between tokens: rounded to a format when they are written, read back
 * before they are multiplied.
 *
 * @param format of a matrix with a token in each row and the channels of a head along it, or turned
 * @param byToken whether rows are tokens when it is brought to the format; else channels are
 * @param values whether the product weighs values: its right operand then has channels in its rows
 */
public record CacheFormat(TensorFormat format, boolean byToken, boolean values) {

  /** What is read back of the right operand of a product, n x k. */
  double[] readBack(double[] b, int n, int k) {
    boolean turned = values == byToken;
    if (!finite(b)) {
      return b;
    }
    if (!turned) {
      return Quantizer.quantize(format, b, n, k).decode();
    }
    double[] kept = Quantizer.quantize(format, transposed(b, n, k), k, n).decode();
    return transposed(kept, k, n);
  }

  private static boolean finite(double[] b) {
    for (double x : b) {
      if (!Double.isFinite(x)) {
        return false;
      }
    }
    return true;
  }

  private static double[] transposed(double[] x, int rows, int columns) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i % columns * rows + i / columns] = x[i];
    }
    return result;
  }
}
