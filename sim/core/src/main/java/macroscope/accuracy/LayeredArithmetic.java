package macroscope.accuracy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import macroscope.onnx.Products.Integers;

/** Products of layers that have formats and datapaths of their own. */
final class LayeredArithmetic implements Arithmetic {
  private final Quantization quantization;
  private final Map<String, Arithmetic> layers = new ConcurrentHashMap<>();

  LayeredArithmetic(Quantization quantization) {
    this.quantization = quantization;
  }

  private Arithmetic of(String layer) {
    return layers.computeIfAbsent(layer, name -> quantization.of(name).products());
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    throw new IllegalStateException("a layer's name is needed");
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    return of(layer).linear(layer, weights, n, k);
  }

  @Override
  public IntegerProduct integers(String layer, Integers weight) {
    return of(layer).integers(layer, weight);
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    throw new IllegalStateException("a product's name is needed");
  }

  @Override
  public double[] activations(String product, double[] a, int m, double[] b, int n, int k) {
    return of(product).activations(product, a, m, b, n, k);
  }
}
