package macroscope.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.MatrixProduct;

/**
 * Outlier Suppression+ (Wei et al., arXiv 2304.09145): each input channel is shifted by the middle of its
 * range, {@code z_j = (max X_j + min X_j) / 2}, and channels that reach beyond a threshold t are divided
 * by {@code max|X_j - z_j| / t}; weights and offsets take both in. The t is the one of a grid with the
 * least squared error of the quantized layers' outputs, on the first rows of the calibration inputs.
 * Layers that share an input share t.
 *
 * @param steps of the grid below the largest magnitude
 * @param everywhere also where no normalization can take shift and factors in
 */
record OutlierSuppression(int steps, boolean everywhere) implements CalibrationMethod {
  private static final int ROWS = 512;

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedActivations("outlier_suppression");
    NetworkStructure structure = run.structure();
    if (!everywhere && structure.layers().stream().noneMatch(structure::followsNormalization)) {
      throw new IllegalArgumentException(
          "outlier_suppression finds no layer behind a normalization; scope=all takes all layers");
    }
    Calibration[] known = {before};
    run.inFloatByInput(
        before,
        group -> {
          if (everywhere || structure.followsNormalization(group.get(0).name())) {
            known[0] = suppressed(known[0], group, run);
          }
        });
    return known[0];
  }

  private Calibration suppressed(Calibration known, List<LayerData> group, CalibrationRun run) {
    LayerData first = group.get(0);
    int width = run.structure().columnsOfChannel(first.name());
    double[] low =
        ChannelStatistics.shared(
            ChannelStatistics.min(first.inputs(), first.k()), width, Math::min);
    double[] high =
        ChannelStatistics.shared(
            ChannelStatistics.max(first.inputs(), first.k()), width, Math::max);
    double[] middle = new double[low.length];
    double[] half = new double[low.length];
    for (int j = 0; j < low.length; j++) {
      middle[j] = (high[j] + low[j]) / 2;
      half[j] = (high[j] - low[j]) / 2;
    }
    double[] factors = factors(half, threshold(group, middle, half, run));
    Calibration result = known;
    for (LayerData layer : group) {
      result = result.with(layer.name(), stepped(layer, middle, factors));
    }
    return result;
  }

  private static LayerCalibration stepped(LayerData layer, double[] middle, double[] factors) {
    int k = layer.k();
    double[] w = layer.reference();
    double[] scale = layer.before().outputScale();
    double[] offset = new double[layer.n()];
    for (int i = 0; i < w.length; i++) {
      offset[i / k] += w[i] * middle[i % k];
    }
    for (int i = 0; i < scale.length; i++) {
      offset[i] *= scale[i];
    }
    return layer
        .before()
        .plus(offset)
        .with(new InputStep.Shift(middle), k)
        .with(new InputStep.Scale(factors), k);
  }

  private static double[] factors(double[] half, double threshold) {
    return Arrays.stream(half).map(h -> threshold == 0 ? 1 : Math.max(1, h / threshold)).toArray();
  }

  private double threshold(
      List<LayerData> group, double[] middle, double[] half, CalibrationRun run) {
    double largest = Arrays.stream(half).max().orElse(0);
    double best = largest;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step < steps; step++) {
      double threshold = largest * (steps - step) / steps;
      double error = 0;
      for (LayerData layer : group) {
        error += error(layer, stepped(layer, middle, factors(half, threshold)), run);
      }
      if (error < least) {
        least = error;
        best = threshold;
      }
    }
    return best;
  }

  /** Squared error of the layer's quantized output on some rows. */
  private static double error(LayerData layer, LayerCalibration found, CalibrationRun run) {
    int k = layer.k();
    double[] x = layer.networkInputs().get(0);
    int rows = Math.min(ROWS, x.length / k);
    double[] part = Arrays.copyOf(x, rows * k);
    MatrixProduct quantized = run.quantized(layer, found.withRange(Optional.empty()));
    double[] results = quantized.multiply(part, rows, rows);
    double[] exact = run.exact(layer).multiply(part, rows, rows);
    double sum = 0;
    for (int i = 0; i < results.length; i++) {
      sum += (results[i] - exact[i]) * (results[i] - exact[i]);
    }
    return sum;
  }
}
