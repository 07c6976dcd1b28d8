package macroscope.calibrate;

import java.util.Arrays;
import java.util.List;
import macroscope.accuracy.FittedFormat;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * AWQ's search of scales (Lin et al., arXiv 2306.00978, section 3.2): channels of the weights are
 * multiplied, and those of the inputs divided, by {@code mean|X_j|^a / sqrt(max s * min s)} with the a of
 * 0, 1/steps, .. (steps - 1)/steps that brings the layer's output nearest to the float one, in least
 * squares over the calibration inputs. Layers that share an input share factors.
 *
 * @param steps of the search; 20 in the published code
 * @param clip whether the weights' ranges are then searched too, as {@link WeightClipping} does
 */
record Awq(int steps, boolean clip) implements CalibrationMethod {
  private static final double LEAST = 1e-4;

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("awq");
    Calibration[] known = {before};
    run.inFloatByInput(
        before,
        group -> known[0] = known[0].withStep(group, new InputStep.Scale(factors(group, run))));
    return clip ? new WeightClipping(20, 0.5).apply(known[0], run) : known[0];
  }

  private double[] factors(List<LayerData> group, CalibrationRun run) {
    LayerData first = group.get(0);
    DMatrixRMaj gram = first.gram();
    double[] mean = meanMagnitudes(first, run.structure().columnsOfChannel(first.name()));
    double[] best = {};
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step < steps; step++) {
      double[] s = factors(mean, (double) step / steps);
      double error = 0;
      for (LayerData layer : group) {
        error += error(layer, s, gram, run.weightFormat(layer.name(), layer.before()));
      }
      if (error < least) {
        least = error;
        best = s;
      }
    }
    return best;
  }

  private static double[] meanMagnitudes(LayerData layer, int width) {
    double[] mean = ChannelStatistics.meanMagnitude(layer.inputs(), layer.k());
    double[] sums = ChannelStatistics.shared(mean, width, Double::sum);
    return Arrays.stream(sums).map(sum -> sum / width).toArray();
  }

  private static double[] factors(double[] mean, double power) {
    double[] s = Arrays.stream(mean).map(m -> StrictMath.pow(Math.max(m, LEAST), power)).toArray();
    double most = Arrays.stream(s).max().orElse(1);
    double least = Arrays.stream(s).min().orElse(1);
    double middle = Math.sqrt(most * least);
    return Arrays.stream(s).map(value -> value / middle).toArray();
  }

  private static double error(LayerData layer, double[] s, DMatrixRMaj gram, TensorFormat format) {
    double[] w = layer.toQuantize();
    double[] scaled = new InputStep.Scale(s).weights(w, layer.k());
    TensorFormat fitted = FittedFormat.of(format, scaled, layer.k());
    double[] difference = Quantizer.quantize(fitted, scaled, layer.n(), layer.k()).decode();
    for (int i = 0; i < difference.length; i++) {
      difference[i] = difference[i] / s[i % layer.k()] - w[i];
    }
    return ProxyLoss.of(difference, layer.n(), layer.k(), gram);
  }
}
