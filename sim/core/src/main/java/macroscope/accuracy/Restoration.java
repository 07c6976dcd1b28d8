package macroscope.accuracy;

import macroscope.format.Rounding;
import macroscope.format.StochasticRounding;
import macroscope.tensor.NoiseQuantizer;
import macroscope.tensor.Quantizer;
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
    return (x, rows, columns) ->
        new Quantizer(FittedFormat.of(format, x, columns), rounding)
            .quantize(x, rows, columns)
            .decode();
  }

  /** Noise in place of rounding; see {@link NoiseQuantizer}. */
  static Restoration noisy(TensorFormat format, long seed) {
    return new NoiseQuantizer(format, seed)::apply;
  }

  /**
   * Stochastic rounding with random bits drawn for each element; see {@link StochasticRestoration}.
   *
   * @param randomBits 1..8
   */
  static Restoration stochastic(
      TensorFormat format, StochasticRounding.Variant variant, int randomBits, long seed) {
    return new StochasticRestoration(format, variant, randomBits, seed);
  }
}
