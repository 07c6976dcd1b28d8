package macroscope.calibrate;

import java.util.List;

/**
 * SmoothQuant (Xiao et al., arXiv 2211.10438, equation 4): each channel of a layer's input is divided by
 * {@code max|X_j|^alpha / max|W_j|^(1 - alpha)} and the weights are multiplied by it, so that part of
 * what makes activations hard to quantize moves to the weights. Layers that share an input share
 * factors. Magnitudes below 1e-5 count as that, as in the published code.
 *
 * @param alpha what share moves, 0..1
 * @param everywhere also where no normalization can take the factors in, at the cost of a
 *     multiplication; else behind normalizations alone, as published
 */
record SmoothQuant(double alpha, boolean everywhere) implements CalibrationMethod {
  private static final double LEAST = 1e-5;

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    NetworkStructure structure = run.structure();
    if (!everywhere && structure.layers().stream().noneMatch(structure::followsNormalization)) {
      throw new IllegalArgumentException(
          "smoothquant finds no layer behind a normalization; scope=all takes all layers");
    }
    Calibration[] known = {before};
    run.inFloatByInput(
        before,
        group -> {
          if (everywhere || structure.followsNormalization(group.get(0).name())) {
            known[0] = known[0].withStep(group, new InputStep.Scale(factors(group, structure)));
          }
        });
    return known[0];
  }

  private double[] factors(List<LayerData> group, NetworkStructure structure) {
    LayerData first = group.get(0);
    int width = structure.columnsOfChannel(first.name());
    List<double[]> weights = group.stream().map(LayerData::toQuantize).toList();
    return factors(
        ChannelStatistics.shared(
            ChannelStatistics.absmax(first.inputs(), first.k()), width, Math::max),
        ChannelStatistics.shared(ChannelStatistics.absmax(weights, first.k()), width, Math::max));
  }

  private double[] factors(double[] x, double[] w) {
    double[] factors = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      factors[j] =
          StrictMath.pow(Math.max(x[j], LEAST), alpha)
              / StrictMath.pow(Math.max(w[j], LEAST), 1 - alpha);
    }
    return factors;
  }
}
