package macroscope.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** One linear layer with its inputs of all calibration samples. */
final class LayerData {
  private final String name;
  private final double[] weights;
  private final int n;
  private final int k;
  private final List<double[]> inputs;
  private final LayerCalibration before;

  /**
   * @param weights of the network, N x K
   * @param inputs of each sample as the network gives them
   * @param before what is known of the layer
   */
  LayerData(
      String name, double[] weights, int n, int k, List<double[]> inputs, LayerCalibration before) {
    this.name = name;
    this.weights = weights;
    this.n = n;
    this.k = k;
    this.inputs = inputs;
    this.before = before;
  }

  String name() {
    return name;
  }

  int n() {
    return n;
  }

  int k() {
    return k;
  }

  /** What was known of the layer before. */
  LayerCalibration before() {
    return before;
  }

  /** The weights of the network, N x K. */
  double[] networkWeights() {
    return weights;
  }

  /** The weights as the steps before leave them: what is to be approximated. */
  double[] reference() {
    return before.reference(weights, k);
  }

  /** The weights that would be quantized now. */
  double[] toQuantize() {
    return before.toQuantize(weights, k);
  }

  /** The inputs of each sample as the network gives them. */
  List<double[]> networkInputs() {
    return inputs;
  }

  /** The inputs of each sample as the steps before leave them. */
  List<double[]> inputs() {
    List<double[]> stepped = new ArrayList<>();
    inputs.forEach(x -> stepped.add(before.inputs(x, k)));
    return stepped;
  }

  /** {@code X^T X} over all rows of all samples, K x K. */
  DMatrixRMaj gram() {
    DMatrixRMaj sum = new DMatrixRMaj(k, k);
    DMatrixRMaj part = new DMatrixRMaj(k, k);
    for (double[] x : inputs()) {
      CommonOps_DDRM.multInner(DMatrixRMaj.wrap(x.length / k, k, x), part);
      CommonOps_DDRM.addEquals(sum, part);
    }
    return sum;
  }
}
