package macroscope.calibrate;

import java.util.Arrays;
import java.util.Locale;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * How a range follows from numbers.
 *
 * @param kind what is looked at
 * @param percentile for {@link Kind#PERCENTILE}: share of the magnitudes that are not clipped, in percent
 */
record RangeRule(Kind kind, double percentile) {

  /** What is looked at. */
  enum Kind {
    /** The largest magnitude. */
    ABSMAX,
    /** A quantile of the magnitudes (nearest rank). */
    PERCENTILE,
    /** The least squared error, of 100 equally spaced thresholds. */
    MSE,
    /**
     * The least divergence of the distribution from that of the quantized numbers, of thresholds at
     * every eighth bin of 2,048 (Migacz: 8-bit inference with TensorRT, GTC 2017).
     */
    ENTROPY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int CANDIDATES = 100;
  private static final int LEAST_FOR_ENTROPY = 1024;

  /** The largest magnitude that is not to be clipped. */
  double threshold(double[] numbers, NumberFormat element) {
    double most = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    if (most == 0) {
      return 0;
    }
    return switch (kind) {
      case ABSMAX -> most;
      case PERCENTILE -> quantile(numbers);
      case MSE -> leastSquares(MagnitudeHistogram.of(numbers, most), element);
      case ENTROPY -> leastDivergence(numbers, most, element);
    };
  }

  private double quantile(double[] numbers) {
    double[] magnitudes = Arrays.stream(numbers).map(Math::abs).sorted().toArray();
    int rank = (int) Math.ceil(percentile / 100 * magnitudes.length);
    double at = magnitudes[Math.max(1, rank) - 1];
    return at == 0 ? magnitudes[magnitudes.length - 1] : at;
  }

  private static double leastSquares(MagnitudeHistogram histogram, NumberFormat element) {
    double best = histogram.most();
    double least = Double.POSITIVE_INFINITY;
    for (int i = CANDIDATES; i >= 1; i--) {
      double threshold = histogram.most() * i / CANDIDATES;
      double error = histogram.squaredError(Rounder.of(element, threshold));
      if (error < least) {
        least = error;
        best = threshold;
      }
    }
    return best;
  }

  private static double leastDivergence(double[] numbers, double most, NumberFormat element) {
    if (numbers.length < LEAST_FOR_ENTROPY) {
      throw new IllegalArgumentException(
          "entropy needs ranges of at least " + LEAST_FOR_ENTROPY + " numbers: " + numbers.length);
    }
    MagnitudeHistogram histogram = MagnitudeHistogram.binned(numbers, most);
    double best = most;
    double least = Double.POSITIVE_INFINITY;
    for (int bins = MagnitudeHistogram.BINS; bins >= 128; bins -= 8) {
      double threshold = most * bins / MagnitudeHistogram.BINS;
      double divergence = histogram.divergence(bins, Rounder.of(element, threshold));
      if (divergence < least) {
        least = divergence;
        best = threshold;
      }
    }
    return best;
  }

  /** Rounds magnitudes to a format whose largest number is a threshold. */
  record Rounder(NumberFormat element, double scale) {
    static Rounder of(NumberFormat element, double threshold) {
      long code =
          element.encodeDouble(Double.MAX_VALUE, RoundingMode.TOWARD_ZERO, Overflow.SATURATE);
      return new Rounder(element, threshold / element.decodeDouble(code));
    }

    double round(double x) {
      long code = element.encodeDouble(x / scale, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
      return element.decodeDouble(code) * scale;
    }
  }
}
