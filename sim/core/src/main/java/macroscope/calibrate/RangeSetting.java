package macroscope.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;

/**
 * Sets ranges beforehand. Weights are clipped to the range of each region that shares a scale, whatever
 * its shape. Activations are clipped to the range of the layer's whole input; where their format has a
 * scale for the whole tensor that scale becomes static, others are found as the network runs.
 *
 * @param rule how a range follows from numbers
 * @param ofWeights whether ranges of weights are set
 * @param ofActivations whether ranges of activations are set
 */
record RangeSetting(RangeRule rule, boolean ofWeights, boolean ofActivations)
    implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.RANGE;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    if (ofWeights) {
      run.requireQuantizedWeights("range of=weights");
    }
    if (ofActivations) {
      run.requireQuantizedActivations("range of=activations");
    }
    Calibration[] known = {before};
    run.inFloat(
        before,
        layer -> {
          LayerCalibration found = layer.before();
          if (ofWeights && !run.keepsWeights(layer.name(), found)) {
            found = found.withWeights(clipped(layer, run.weightFormat(layer.name(), found)));
          }
          if (ofActivations && !run.keepsInputs(layer.name(), found)) {
            TensorFormat format = run.activationFormat(layer.name(), found);
            found = found.withRange(range(layer.inputs(), format));
          }
          known[0] = known[0].with(layer.name(), found);
        });
    return known[0];
  }

  private double[] clipped(LayerData layer, TensorFormat format) {
    double[] w = layer.toQuantize().clone();
    int k = layer.k();
    if (format.levels().isEmpty()) {
      return w;
    }
    Extent extent = format.levels().get(format.levels().size() - 1).extent();
    for (int index = 0; index < extent.count(layer.n(), k); index++) {
      Extent.Region region = extent.region(index, layer.n(), k);
      double threshold = rule.threshold(numbers(w, k, region), format.element());
      for (int row = region.row(); row < region.row() + region.rows(); row++) {
        for (int column = region.column(); column < region.column() + region.columns(); column++) {
          int at = row * k + column;
          w[at] = Math.max(-threshold, Math.min(threshold, w[at]));
        }
      }
    }
    return w;
  }

  private static double[] numbers(double[] w, int k, Extent.Region region) {
    double[] numbers = new double[region.rows() * region.columns()];
    for (int row = 0; row < region.rows(); row++) {
      int from = (region.row() + row) * k + region.column();
      System.arraycopy(w, from, numbers, row * region.columns(), region.columns());
    }
    return numbers;
  }

  private Optional<StaticRange> range(List<double[]> inputs, TensorFormat format) {
    double[] all = inputs.stream().flatMapToDouble(Arrays::stream).toArray();
    double threshold = rule.threshold(all, format.element());
    if (threshold == 0) {
      return Optional.empty();
    }
    List<ScaleLevel> levels = format.levels();
    boolean whole =
        !levels.isEmpty()
            && levels.get(0).extent() instanceof Extent.Tensor
            && !format.hasZeroPoints();
    if (!whole) {
      return Optional.of(new StaticRange(threshold, 1, Optional.empty()));
    }
    double scale = Quantizer.quantize(format, new double[] {threshold}, 1, 1).scales(0)[0];
    TensorFormat rest =
        new TensorFormat(
            format.name() + ":static",
            format.element(),
            levels.subList(1, levels.size()),
            format.coding());
    return Optional.of(new StaticRange(threshold, scale, Optional.of(rest)));
  }
}
