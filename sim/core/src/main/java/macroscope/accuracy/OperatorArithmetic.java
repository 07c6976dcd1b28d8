package macroscope.accuracy;

import macroscope.onnx.Products.Integers;
import macroscope.onnx.ResultKind;
import macroscope.onnx.Tensor;

/** Another arithmetic's products, with a softmax and formats of results of its own. */
record OperatorArithmetic(Arithmetic products, AttentionSoftmax function, ResultFormats results)
    implements Arithmetic {

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
  public double[] activations(String product, double[] a, int m, double[] b, int n, int k) {
    return products.activations(product, a, m, b, n, k);
  }

  @Override
  public Tensor softmax(Tensor x) {
    return function.of(x);
  }

  @Override
  public Tensor result(ResultKind kind, Tensor x, int samples) {
    return results.round(kind, x, samples);
  }
}
