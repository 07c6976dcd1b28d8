package macroscope.calibrate;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * The factor of the inverse Hessian that says how errors are passed on: the upper triangular U with
 * {@code H^-1 = U^T U} (GPTQ, arXiv 2210.17323, section 3.3, step 3).
 *
 * @param damping share of the mean of the diagonal that is added to it
 */
record InverseHessian(double damping) {

  /** Gives inputs that were never there a diagonal of 1, and weights of zero, which nobody reads. */
  static void clearDead(DMatrixRMaj hessian, double[] w) {
    int k = hessian.numRows;
    for (int j = 0; j < k; j++) {
      if (hessian.get(j, j) == 0) {
        hessian.set(j, j, 1);
        for (int at = j; at < w.length; at += k) {
          w[at] = 0;
        }
      }
    }
  }

  /** The factor, rows and columns in the order given. */
  DMatrixRMaj upper(DMatrixRMaj hessian, int[] order) {
    int k = order.length;
    double damp = damping * CommonOps_DDRM.trace(hessian) / k;
    DMatrixRMaj ordered = new DMatrixRMaj(k, k);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        ordered.set(i, j, hessian.get(order[i], order[j]) + (i == j ? damp : 0));
      }
    }
    DMatrixRMaj inverse = new DMatrixRMaj(k, k);
    if (!CommonOps_DDRM.invertSPD(ordered, inverse)) {
      throw notPositive();
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(k, false);
    if (!cholesky.decompose(inverse)) {
      throw notPositive();
    }
    return cholesky.getT(new DMatrixRMaj(k, k));
  }

  private IllegalArgumentException notPositive() {
    return new IllegalArgumentException(
        "damping must be larger: the inputs of a layer depend on each other: " + damping);
  }
}
