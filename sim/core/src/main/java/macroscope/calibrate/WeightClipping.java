package macroscope.calibrate;

import macroscope.accuracy.FittedFormat;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * AWQ's search of ranges (published code of arXiv 2306.00978, auto_clip): for each output channel and
 * group of the weights that share a scale, the largest magnitude is lowered step by step to {@code
 * lowest} of what it is, and the one with the least squared error of the group's share of the output is
 * kept.
 *
 * @param steps of the search
 * @param lowest share of the largest magnitude, 0..1
 */
record WeightClipping(int steps, double lowest) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.RANGE;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("clip");
    Calibration[] known = {before};
    run.inFloat(
        before,
        layer -> {
          if (run.keepsWeights(layer.name(), layer.before())) {
            return;
          }
          TensorFormat format = run.weightFormat(layer.name(), layer.before());
          double[] clipped = clipped(layer, format);
          known[0] = known[0].with(layer.name(), layer.before().withWeights(clipped));
        });
    return known[0];
  }

  private double[] clipped(LayerData layer, TensorFormat format) {
    int k = layer.k();
    int run = format.run(k);
    double[] w = layer.toQuantize();
    DMatrixRMaj gram = layer.gram();
    double[] best = w.clone();
    double[] least = losses(w, w, layer, format, gram, run);
    for (int step = 1; step <= steps; step++) {
      double share = 1 - (1 - lowest) * step / steps;
      double[] candidate = cut(w, k, run, share);
      double[] losses = losses(candidate, w, layer, format, gram, run);
      for (int group = 0; group < losses.length; group++) {
        if (losses[group] < least[group]) {
          least[group] = losses[group];
          int from = from(group, k, run);
          System.arraycopy(candidate, from, best, from, Math.min(run, k - from % k));
        }
      }
    }
    return best;
  }

  /** Where a group begins; groups count row by row. */
  private static int from(int group, int k, int run) {
    int perRow = (k + run - 1) / run;
    return group / perRow * k + group % perRow * run;
  }

  private static double[] cut(double[] w, int k, int run, double share) {
    double[] cut = w.clone();
    int perRow = (k + run - 1) / run;
    for (int group = 0; group < w.length / k * perRow; group++) {
      int from = from(group, k, run);
      int to = from + Math.min(run, k - from % k);
      double most = 0;
      for (int i = from; i < to; i++) {
        most = Math.max(most, Math.abs(w[i]));
      }
      for (int i = from; i < to; i++) {
        cut[i] = Math.max(-most * share, Math.min(most * share, w[i]));
      }
    }
    return cut;
  }

  /** Of each group: {@code d H d^T} over its own columns. */
  private static double[] losses(
      double[] candidate,
      double[] w,
      LayerData layer,
      TensorFormat format,
      DMatrixRMaj gram,
      int run) {
    int k = layer.k();
    TensorFormat fitted = FittedFormat.of(format, candidate, k);
    double[] readBack = Quantizer.quantize(fitted, candidate, layer.n(), k).decode();
    int perRow = (k + run - 1) / run;
    double[] losses = new double[layer.n() * perRow];
    for (int group = 0; group < losses.length; group++) {
      int from = from(group, k, run);
      int first = from % k;
      int width = Math.min(run, k - first);
      double sum = 0;
      for (int i = 0; i < width; i++) {
        double inner = 0;
        for (int j = 0; j < width; j++) {
          inner += gram.get(first + i, first + j) * (readBack[from + j] - w[from + j]);
        }
        sum += inner * (readBack[from + i] - w[from + i]);
      }
      losses[group] = sum;
    }
    return losses;
  }
}
