package macroscope.tensor;

import java.util.Objects;
import java.util.Random;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Gaussian-noise pseudo-quantization: instead of rounding, each element gets noise of the variance that
 * rounding to nearest has, the square of the step at its magnitude over 12. What training and
 * sensitivity studies put in the place of a quantizer (Defossez et al.: Differentiable Model
 * Compression via Pseudo Quantization Noise, arXiv 2104.09987, section 3).
 *
 * <p>Scales are those of {@link Quantizer}; the step is the distance of the two element values around
 * x / scale, upwards in magnitude from one that is met; what lies beyond the largest element clamps
 * first. Noise comes from {@link Random}, whose numbers of a seed are specified, element by element, so
 * that one seed gives one result.
 *
 * @param format whose rounding is imitated
 * @param seed of the noise
 */
public record NoiseQuantizer(TensorFormat format, long seed) {

  private static final double STEP_TO_DEVIATION = 1 / Math.sqrt(12);

  public NoiseQuantizer {
    Objects.requireNonNull(format, "format");
    boolean shifted = format.levels().stream().anyMatch(level -> level.zeroPoint().isPresent());
    if (shifted || !(format.coding() instanceof Coding.Single)) {
      throw new IllegalArgumentException(
          format.name()
              + ": noise imitates formats whose elements round on their own, without zero points");
    }
  }

  /**
   * A row-major rows x columns matrix with noise.
   *
   * @throws IllegalArgumentException as {@link Quantizer#quantize}
   */
  public double[] apply(double[] x, int rows, int columns) {
    EncodedMatrix encoded = Quantizer.quantize(format, x, rows, columns);
    Random random = new Random(seed);
    double[] noisy = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double scale = encoded.scale(i / columns, i % columns);
      double noise = random.nextGaussian() * STEP_TO_DEVIATION;
      if (scale != 0) {
        double element = x[i] / scale;
        double kept = Math.min(Math.abs(element), largest());
        noisy[i] = (Math.copySign(kept, element) + noise * step(kept)) * scale;
      }
    }
    return noisy;
  }

  private double largest() {
    return rounded(Double.MAX_VALUE, RoundingMode.TOWARD_ZERO);
  }

  /** Distance of the values around a magnitude; of the largest one and the one below, at the end. */
  private double step(double magnitude) {
    double below = rounded(magnitude, RoundingMode.TOWARD_ZERO);
    double above = rounded(Math.nextUp(magnitude), RoundingMode.TOWARD_POSITIVE);
    return above > below
        ? above - below
        : below - rounded(Math.nextDown(below), RoundingMode.TOWARD_ZERO);
  }

  private double rounded(double x, RoundingMode mode) {
    NumberFormat element = format.element();
    return element.decodeDouble(element.encodeDouble(x, mode, Overflow.SATURATE));
  }
}
