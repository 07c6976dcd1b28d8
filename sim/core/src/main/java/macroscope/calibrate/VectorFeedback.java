package macroscope.calibrate;

import java.util.Arrays;
import java.util.stream.IntStream;
import macroscope.accuracy.FittedFormat;
import macroscope.tensor.Coding;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.VectorRounder;
import org.ejml.data.DMatrixRMaj;

/**
 * Vector quantization with error feedback (VPTQ, Liu et al., arXiv 2409.17066, section 3): codebooks are
 * learnt by k-means; then vectors of neighbouring columns are rounded one by one, and what a vector's
 * rounding adds to the layer's output is taken back by the columns that are still to come, as in {@link
 * Gptq}.
 *
 * @param damping share of the mean of the Hessian's diagonal that is added to it
 */
record VectorFeedback(double damping) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.ROUNDING;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("vptq");
    return run.throughWeights(
        before, layer -> rounded(layer, run.weightFormat(layer.name(), layer.before())));
  }

  private LayerCalibration rounded(LayerData layer, TensorFormat format) {
    if (!(format.coding() instanceof Coding.Vectors)) {
      throw new IllegalArgumentException(
          "vptq needs weights in vectors, as vq8_8:channel: " + format.name());
    }
    int k = layer.k();
    double[] w = layer.toQuantize().clone();
    TensorFormat fitted = FittedFormat.of(format, w, k);
    VectorRounder rounder = new VectorRounder(fitted, w, layer.n(), k);
    DMatrixRMaj hessian = layer.gram();
    InverseHessian.clearDead(hessian, w);
    DMatrixRMaj upper = new InverseHessian(damping).upper(hessian, IntStream.range(0, k).toArray());
    for (int column = 0; column < k; column += rounder.dimension()) {
      int end = Math.min(k, column + rounder.dimension());
      for (int row = 0; row < layer.n(); row++) {
        double[] vector = Arrays.copyOfRange(w, row * k + column, row * k + end);
        double[] readBack = rounder.round(row, column, vector);
        passOn(w, row * k, column, vector, readBack, upper);
      }
    }
    return layer.before().withEncoded(rounder.encoded());
  }

  /** {@code w_rest -= (w - q) U_bb^-1 U_b,rest} for the columns b of the vector. */
  private static void passOn(
      double[] w, int at, int column, double[] vector, double[] readBack, DMatrixRMaj upper) {
    double[] error = new double[vector.length];
    for (int i = 0; i < error.length; i++) {
      double sum = vector[i] - readBack[i];
      for (int j = 0; j < i; j++) {
        sum -= error[j] * upper.get(column + j, column + i);
      }
      error[i] = sum / upper.get(column + i, column + i);
    }
    for (int j = column + vector.length; j < upper.numCols; j++) {
      double sum = 0;
      for (int i = 0; i < error.length; i++) {
        sum += error[i] * upper.get(column + i, j);
      }
      w[at + j] -= sum;
    }
  }
}
