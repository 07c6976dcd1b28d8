package macroscope.calibrate;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** What an error of the weights does to a layer's output: {@code ||D X^T||^2 = tr(D H D^T)}. */
final class ProxyLoss {

  private ProxyLoss() {}

  /**
   * The loss, summed over all calibration inputs.
   *
   * @param difference N x K, row-major
   * @param gram {@code H = X^T X}
   */
  static double of(double[] difference, int n, int k, DMatrixRMaj gram) {
    DMatrixRMaj product = new DMatrixRMaj(n, k);
    CommonOps_DDRM.mult(DMatrixRMaj.wrap(n, k, difference), gram, product);
    double sum = 0;
    for (int i = 0; i < difference.length; i++) {
      sum += product.get(i) * difference[i];
    }
    return sum;
  }

  /** The loss of what is read back of weights, against what they should be. */
  static double of(double[] readBack, double[] reference, int n, int k, DMatrixRMaj gram) {
    double[] difference = new double[reference.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = readBack[i] - reference[i];
    }
    return of(difference, n, k, gram);
  }

  /**
   * The loss of each row of the weights.
   *
   * @param gradient takes up {@code D H}, half of the loss's gradient
   */
  static double[] ofRows(double[] difference, int n, int k, DMatrixRMaj gram, double[] gradient) {
    DMatrixRMaj product = DMatrixRMaj.wrap(n, k, gradient);
    CommonOps_DDRM.mult(DMatrixRMaj.wrap(n, k, difference), gram, product);
    double[] losses = new double[n];
    for (int i = 0; i < difference.length; i++) {
      losses[i / k] += gradient[i] * difference[i];
    }
    return losses;
  }
}
