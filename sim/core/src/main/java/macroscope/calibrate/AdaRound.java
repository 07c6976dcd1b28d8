package macroscope.calibrate;

import macroscope.format.RoundingMode;
import macroscope.tensor.ColumnQuantizer;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * AdaRound (Nagel et al.: Up or Down? Adaptive Rounding for Post-Training Quantization, arXiv 2004.10568,
 * section 4): each weight goes to the number of its format below or above it, as brings the layer's output
 * nearest to the float one. A relaxed choice h of 0..1, a stretched sigmoid, is trained by Adam on all
 * calibration inputs at once, with a regularizer that drives it to 0 or 1; then it is rounded. A row whose
 * choice is worse than that of rounding to nearest keeps the latter.
 *
 * @param iterations of Adam; the first fifth without the regularizer
 * @param rate of Adam
 */
record AdaRound(int iterations, double rate) implements CalibrationMethod {
  private static final double LAMBDA = 0.01;
  private static final double LOW = -0.1;
  private static final double HIGH = 1.1;

  /** Weight of the layer's loss beside the regularizer: the loss of rounding to nearest counts as that. */
  private static final double WEIGHT = 0.1;

  private static final double FIRST_BETA = 20;
  private static final double LAST_BETA = 2;
  private static final double WARM = 0.2;

  @Override
  public Phase phase() {
    return Phase.ROUNDING;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("adaround");
    return run.throughWeights(
        before, layer -> rounded(layer, run.weightFormat(layer.name(), layer.before())));
  }

  private LayerCalibration rounded(LayerData layer, TensorFormat format) {
    if (format.hasZeroPoints()) {
      throw new IllegalArgumentException("adaround knows no zero points");
    }
    Choice choice = new Choice(layer, format);
    double[] v = choice.start();
    Adam adam = new Adam(v.length, rate);
    double[] gradient = new double[v.length];
    for (int i = 0; i < iterations; i++) {
      double progress = (double) i / iterations;
      choice.gradient(v, progress, gradient);
      adam.step(v, gradient);
    }
    return layer.before().withEncoded(choice.best(v).encoded());
  }

  private static double open(double v) {
    double sigmoid = 1 / (1 + StrictMath.exp(-v));
    return sigmoid * (HIGH - LOW) + LOW;
  }

  /** Two numbers for each weight of a layer. */
  private static final class Choice {
    private final LayerData layer;
    private final DMatrixRMaj gram;
    private final ColumnQuantizer quantizer;
    private final double[] w;
    private final double[] reference;
    private final double[] below;
    private final double[] above;
    private final double[] nearest;
    private final double[] nearestLosses;
    private final double factor;

    Choice(LayerData layer, TensorFormat format) {
      this.layer = layer;
      this.gram = layer.gram();
      this.w = layer.toQuantize();
      this.reference = layer.reference();
      this.quantizer = new ColumnQuantizer(format, w, layer.n(), layer.k());
      this.below = all(RoundingMode.TOWARD_NEGATIVE);
      this.above = all(RoundingMode.TOWARD_POSITIVE);
      this.nearest = all(RoundingMode.TIES_TO_EVEN);
      this.nearestLosses = losses(nearest, new double[w.length]);
      double loss = 0;
      for (double row : nearestLosses) {
        loss += row;
      }
      this.factor = loss == 0 ? 0 : WEIGHT * w.length / loss;
    }

    private double[] all(RoundingMode rounding) {
      double[] values = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        int row = i / layer.k();
        int column = i % layer.k();
        long code = quantizer.code(row, column, w[i], rounding);
        values[i] = quantizer.value(row, column, code);
      }
      return values;
    }

    private double[] losses(double[] values, double[] gradient) {
      double[] difference = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        difference[i] = values[i] - reference[i];
      }
      return ProxyLoss.ofRows(difference, layer.n(), layer.k(), gram, gradient);
    }

    /** The v whose h is where the weight lies between its neighbours. */
    double[] start() {
      double[] v = new double[w.length];
      for (int i = 0; i < v.length; i++) {
        double span = above[i] - below[i];
        double h = span == 0 ? 0.5 : Math.max(0, Math.min(1, (w[i] - below[i]) / span));
        double sigmoid = (h - LOW) / (HIGH - LOW);
        v[i] = StrictMath.log(sigmoid / (1 - sigmoid));
      }
      return v;
    }

    /** The gradient of loss and regularizer. */
    void gradient(double[] v, double progress, double[] gradient) {
      double[] soft = new double[v.length];
      for (int i = 0; i < v.length; i++) {
        double h = Math.max(0, Math.min(1, open(v[i])));
        soft[i] = below[i] + h * (above[i] - below[i]);
      }
      losses(soft, gradient);
      for (int i = 0; i < v.length; i++) {
        double open = open(v[i]);
        double sigmoid = (open - LOW) / (HIGH - LOW);
        double slope = open < 0 || open > 1 ? 0 : sigmoid * (1 - sigmoid) * (HIGH - LOW);
        double loss = 2 * factor * gradient[i] * (above[i] - below[i]);
        gradient[i] = (loss + LAMBDA * pressure(open, progress)) * slope;
      }
    }

    /** The slope of {@code 1 - |2h - 1|^beta}. */
    private static double pressure(double h, double progress) {
      if (progress < WARM) {
        return 0;
      }
      double left = (1 - progress) / (1 - WARM);
      double beta = LAST_BETA + (FIRST_BETA - LAST_BETA) * left;
      double distance = 2 * h - 1;
      return -2 * beta * Math.signum(distance) * StrictMath.pow(Math.abs(distance), beta - 1);
    }

    /** The rounded choice, row by row that or rounding to nearest. */
    ColumnQuantizer best(double[] v) {
      double[] chosen = new double[v.length];
      for (int i = 0; i < v.length; i++) {
        chosen[i] = open(v[i]) >= 0.5 ? above[i] : below[i];
      }
      double[] losses = losses(chosen, new double[v.length]);
      for (int i = 0; i < v.length; i++) {
        int row = i / layer.k();
        double[] taken = losses[row] < nearestLosses[row] ? chosen : nearest;
        int column = i % layer.k();
        quantizer.round(row, column, taken[i]);
      }
      return quantizer;
    }
  }
}
