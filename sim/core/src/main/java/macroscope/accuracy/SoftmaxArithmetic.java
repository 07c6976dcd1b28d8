package macroscope.accuracy;

import macroscope.onnx.Products.Integers;
import macroscope.onnx.Tensor;

/** Another arithmetic with a softmax of its own. */
record SoftmaxArithmetic(Arithmetic products, AttentionSoftmax function) implements Arithmetic {

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    return products.linear(weights, n, k);
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    return products.linear(layer, weights, n, k);
  }

  @Override
  public IntegerProduct integers(String layer, Integers weight) {
    return products.integers(layer, weight);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return products.activations(a, m, b, n, k);
  }

  @Override
  public Tensor softmax(Tensor x) {
    return function.of(x);
  }
}
