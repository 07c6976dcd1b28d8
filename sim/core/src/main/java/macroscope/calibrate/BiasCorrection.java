package macroscope.calibrate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import macroscope.accuracy.MatrixProduct;

/**
 * Empirical bias correction (Nagel et al., arXiv 1906.04721, section 4.2): what quantization adds to the mean of
 * each output of a layer, over the calibration inputs, is subtracted. Layer by layer: the inputs of a
 * layer are those that the corrected layers before it give.
 */
record BiasCorrection() implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.CORRECTION;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    Map<String, double[]> expected = new HashMap<>();
    run.inFloat(
        Calibration.NONE,
        layer ->
            expected.put(
                layer.name(), meanOutputs(run.exact(layer), layer.networkInputs(), layer)));
    return run.throughAll(
        before,
        layer -> {
          MatrixProduct product = run.quantized(layer, layer.before());
          double[] correction = expected.getOrDefault(layer.name(), new double[layer.n()]).clone();
          double[] actual = meanOutputs(product, layer.networkInputs(), layer);
          for (int i = 0; i < correction.length; i++) {
            correction[i] -= actual[i];
          }
          return layer.before().plus(correction);
        });
  }

  private static double[] meanOutputs(
      MatrixProduct product, List<double[]> samples, LayerData layer) {
    double[] sum = new double[layer.n()];
    long rows = 0;
    for (double[] x : samples) {
      int own = x.length / layer.k();
      double[] results = product.multiply(x, own, own);
      for (int i = 0; i < results.length; i++) {
        sum[i % layer.n()] += results[i];
      }
      rows += own;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= rows;
    }
    return sum;
  }
}
