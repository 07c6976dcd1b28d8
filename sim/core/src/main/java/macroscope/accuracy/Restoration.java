package macroscope.accuracy;

import macroscope.format.Conversion;
import macroscope.format.ElementEncoding;
import macroscope.format.Overflow;
import macroscope.format.RandomRounding;
import macroscope.format.Rounding;
import macroscope.tensor.Coding;
import macroscope.tensor.NoiseQuantizer;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;

/** What is read back of a matrix that was stored in a format. */
@FunctionalInterface
public interface Restoration {

  /**
   * The elements as they are read back.
   *
   * @param x rows x columns, row-major, K along the columns; all finite
   */
  double[] of(double[] x, int rows, int columns);

  /** Each element rounded by one rule. */
  static Restoration rounded(TensorFormat format, Rounding rounding) {
    return encoded(format, Conversion.of(rounding, Overflow.SATURATE));
  }

  /** Each element encoded so. */
  static Restoration encoded(TensorFormat format, ElementEncoding encoding) {
    return (x, rows, columns) ->
        new Quantizer(FittedFormat.of(format, x, columns), encoding).apply(x, rows, columns);
  }

  /** Noise in place of rounding; see {@link NoiseQuantizer}. */
  static Restoration noisy(TensorFormat format, long seed) {
    return new NoiseQuantizer(format, seed)::apply;
  }

  /**
   * Stochastic rounding with random bits drawn for each element, row by row; see {@link
   * RandomRounding}.
   *
   * @throws IllegalArgumentException if scales or codes of the format depend on the rounding of others
   */
  static Restoration stochastic(TensorFormat format, RandomRounding rounding) {
    boolean searches = format.levels().stream().anyMatch(l -> l.rule() == ScaleRule.SEARCH);
    if (searches || !(format.coding() instanceof Coding.Single)) {
      throw new IllegalArgumentException(
          format.name()
              + ": random bits of each element need scales and codes that"
              + " do not depend on the rounding of others");
    }
    return encoded(format, rounding);
  }
}
