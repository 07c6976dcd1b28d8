package macroscope.calibrate;

import java.util.Arrays;
import macroscope.accuracy.FittedFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * AdaQuant (Hubara et al.: Improving Post Training Neural Quantization, arXiv 2006.10518, section 4):
 * the weights of a layer move freely, scales with them, so that what is read back of them brings the
 * layer's output nearest to the float one. Adam on all calibration inputs at once; the gradient passes
 * the quantizer as if it were not there. The best weights that came up are kept, row by row where rows
 * have scales of their own.
 *
 * @param iterations of Adam
 * @param rate of Adam, in root mean squared errors of rounding to nearest
 */
record AdaQuant(int iterations, double rate) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.ROUNDING;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("adaquant");
    return run.throughWeights(
        before, layer -> adjusted(layer, run.weightFormat(layer.name(), layer.before())));
  }

  private LayerCalibration adjusted(LayerData layer, TensorFormat format) {
    int k = layer.k();
    int n = layer.n();
    DMatrixRMaj gram = layer.gram();
    double[] reference = layer.reference();
    TensorFormat fitted = FittedFormat.of(format, layer.toQuantize(), k);
    double[] w = layer.toQuantize().clone();
    double[] best = w.clone();
    double[] least = new double[n];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    double[] gradient = new double[w.length];
    double[] difference = difference(fitted, w, reference, n, k);
    Adam adam = new Adam(w.length, rate * rootMeanSquare(difference));
    boolean alone = rowsStandAlone(fitted);
    for (int i = 0; i <= iterations; i++) {
      difference = difference(fitted, w, reference, n, k);
      double[] losses = ProxyLoss.ofRows(difference, n, k, gram, gradient);
      keepBest(w, losses, best, least, alone);
      adam.step(w, gradient);
    }
    EncodedMatrix encoded = Quantizer.quantize(fitted, best, n, k);
    return layer.before().withEncoded(encoded);
  }

  private static double[] difference(
      TensorFormat format, double[] w, double[] reference, int n, int k) {
    double[] difference = Quantizer.quantize(format, w, n, k).decode();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= reference[i];
    }
    return difference;
  }

  private static double rootMeanSquare(double[] x) {
    double sum = Arrays.stream(x).map(v -> v * v).sum();
    return Math.sqrt(sum / x.length);
  }

  private static boolean rowsStandAlone(TensorFormat format) {
    return format.levels().stream()
        .allMatch(l -> l.extent() instanceof Extent.Row || l.extent() instanceof Extent.Group);
  }

  private static void keepBest(
      double[] w, double[] losses, double[] best, double[] least, boolean alone) {
    int k = w.length / losses.length;
    if (!alone) {
      if (Arrays.stream(losses).sum() < Arrays.stream(least).sum()) {
        System.arraycopy(w, 0, best, 0, w.length);
        System.arraycopy(losses, 0, least, 0, losses.length);
      }
      return;
    }
    for (int row = 0; row < losses.length; row++) {
      if (losses[row] < least[row]) {
        least[row] = losses[row];
        System.arraycopy(w, row * k, best, row * k, k);
      }
    }
  }
}
