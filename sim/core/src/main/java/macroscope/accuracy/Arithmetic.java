package macroscope.accuracy;

import macroscope.onnx.Products.Integers;
import macroscope.onnx.ResultKind;
import macroscope.onnx.Tensor;

/** How the matrix products of a network are computed: formats of both operands and the datapath. */
public interface Arithmetic {

  /**
   * A linear layer.
   *
   * @param weights N x K, row-major; not modified
   */
  MatrixProduct linear(double[] weights, int n, int k);

  /**
   * As {@link #linear(double[], int, int)}, for an arithmetic that treats layers differently.
   *
   * @param layer name of the node
   */
  default MatrixProduct linear(String layer, double[] weights, int n, int k) {
    return linear(weights, n, k);
  }

  /**
   * A layer whose weight and inputs are integers in the network itself, as files of quantized networks
   * have them: exact sums, unless a datapath must do them.
   *
   * @param layer name of the node
   * @param weight N x K; not modified
   */
  default IntegerProduct integers(String layer, Integers weight) {
    return IntegerProduct.exact(weight);
  }

  /** Softmax along the last axis. */
  default Tensor softmax(Tensor x) {
    return AttentionSoftmax.REAL.of(x);
  }

  /**
   * What is kept of the result of an operation besides products.
   *
   * @param samples of the batch
   */
  default Tensor result(ResultKind kind, Tensor x, int samples) {
    return x;
  }

  /**
   * A product of two activations (attention): {@code A * B^T} of one matrix pair of one sample.
   *
   * @param a M x K, row-major; not modified
   * @param b N x K, row-major; not modified
   * @return M x N, row-major
   */
  double[] activations(double[] a, int m, double[] b, int n, int k);

  /**
   * As {@link #activations(double[], int, double[], int, int)}, for an arithmetic that treats products
   * differently.
   *
   * @param product name of the node
   */
  default double[] activations(String product, double[] a, int m, double[] b, int n, int k) {
    return activations(a, m, b, n, k);
  }
}
