package macroscope.calibrate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import macroscope.accuracy.Arithmetic;
import macroscope.accuracy.FittedFormat;
import macroscope.accuracy.IntegerProduct;
import macroscope.accuracy.LayerOperands;
import macroscope.accuracy.MatrixProduct;
import macroscope.accuracy.OperandView;
import macroscope.accuracy.Quantization;
import macroscope.accuracy.QuantizationView;
import macroscope.onnx.Products.Integers;
import macroscope.onnx.ResultKind;
import macroscope.onnx.Tensor;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;

/**
 * What calibration has found for a network, layer by layer. The network itself stays as it is: factors,
 * shifts and rotations stand between a layer's input and its quantizer. Where the layer before is a
 * normalization or another linear layer they are folded into its constants in practice and cost
 * nothing, with the same result.
 *
 * @param layers by the names of their nodes; layers without an entry are quantized as they are
 * @param caches how the right operands of products of two activations are kept, by the names of their
 *     nodes
 */
public record Calibration(Map<String, LayerCalibration> layers, Map<String, CacheFormat> caches) {

  /** Every layer is quantized as it is. */
  public static final Calibration NONE = new Calibration(Map.of(), Map.of());

  public Calibration {
    layers = Map.copyOf(layers);
    caches = Map.copyOf(caches);
  }

  private boolean isNone() {
    return layers.isEmpty() && caches.isEmpty();
  }

  /** What was found for a layer. */
  public LayerCalibration of(String layer) {
    return layers.getOrDefault(layer, LayerCalibration.NONE);
  }

  /** With another entry. */
  Calibration with(String layer, LayerCalibration found) {
    Map<String, LayerCalibration> more = new TreeMap<>(layers);
    more.put(layer, found);
    return new Calibration(more, caches);
  }

  /** With caches. */
  Calibration withCaches(Map<String, CacheFormat> given) {
    return new Calibration(layers, given);
  }

  /** With one more step in front of some layers. */
  Calibration withStep(List<LayerData> behind, InputStep step) {
    Calibration result = this;
    for (LayerData layer : behind) {
      result = result.with(layer.name(), result.of(layer.name()).with(step, layer.k()));
    }
    return result;
  }

  /** A quantization whose operands are the calibrated ones. */
  public Quantization on(Quantization quantization) {
    return isNone() ? quantization : quantization.with(new Operands(this, quantization.operands()));
  }

  /**
   * An arithmetic whose layers are calibrated.
   *
   * @param products the arithmetic of a quantization that {@link #on} gave
   */
  public Arithmetic around(Arithmetic products) {
    return isNone() ? products : new Calibrated(this, products);
  }

  /**
   * What the quantizers of a calibrated network do.
   *
   * @param quantization as {@link #on} gave it
   */
  public OperandView view(Quantization quantization) {
    OperandView plain = new QuantizationView(quantization);
    return isNone() ? plain : new View(this, plain);
  }

  private record View(Calibration calibration, OperandView plain) implements OperandView {

    @Override
    public Operand weights(String layer, double[] w, int n, int k) {
      LayerCalibration found = calibration.of(layer);
      Operand seen = plain.weights(layer, found.toQuantize(w, k), n, k);
      String format = found.weightFormat().map(TensorFormat::name).orElse(seen.format());
      return new Operand(format, found.reference(w, k), seen.left());
    }

    @Override
    public Operand inputs(String layer, double[] x, int rows, int k, int rowsPerSample) {
      LayerCalibration found = calibration.of(layer);
      double[] given = found.inputs(x, k);
      double[] ranged = found.range().map(range -> range.apply(given)).orElse(given);
      Operand seen = plain.inputs(layer, ranged, rows, k, rowsPerSample);
      double scale = found.range().map(StaticRange::scale).orElse(1.0);
      double[] left = seen.left().clone();
      for (int i = 0; i < left.length; i++) {
        left[i] *= scale;
      }
      String format = found.activationFormat().map(TensorFormat::name).orElse(seen.format());
      return new Operand(format, given, left);
    }

    @Override
    public Operand left(String product, double[] a, int m, int k) {
      return plain.left(product, a, m, k);
    }

    @Override
    public Operand right(String product, double[] b, int n, int k) {
      CacheFormat cache = calibration.caches().get(product);
      if (cache == null) {
        return plain.right(product, b, n, k);
      }
      Operand seen = plain.right(product, cache.readBack(b, n, k), n, k);
      return new Operand(cache.format().name() + ", " + seen.format(), b, seen.left());
    }

    @Override
    public String datapath(String layer) {
      return plain.datapath(layer);
    }
  }

  private record Operands(Calibration calibration, LayerOperands others) implements LayerOperands {

    @Override
    public TensorFormat activations(String layer, TensorFormat format) {
      LayerCalibration found = calibration.of(layer);
      return found
          .range()
          .flatMap(StaticRange::format)
          .or(found::activationFormat)
          .orElseGet(() -> others.activations(layer, format));
    }

    @Override
    public EncodedMatrix weights(String layer, TensorFormat format, double[] w, int n, int k) {
      LayerCalibration found = calibration.of(layer);
      if (found.encoded().isPresent()) {
        return found.encoded().get();
      }
      return found
          .weightFormat()
          .map(own -> Quantizer.quantize(FittedFormat.of(own, w, k), w, n, k))
          .orElseGet(() -> others.weights(layer, format, w, n, k));
    }
  }

  private record Calibrated(Calibration calibration, Arithmetic products) implements Arithmetic {

    @Override
    public MatrixProduct linear(double[] weights, int n, int k) {
      return products.linear(weights, n, k);
    }

    @Override
    public MatrixProduct linear(String layer, double[] weights, int n, int k) {
      LayerCalibration found = calibration.of(layer);
      MatrixProduct product = products.linear(layer, found.toQuantize(weights, k), n, k);
      return new CalibratedProduct(found, product, n, k);
    }

    @Override
    public IntegerProduct integers(String layer, Integers weight) {
      return products.integers(layer, weight);
    }

    @Override
    public Tensor softmax(Tensor x) {
      return products.softmax(x);
    }

    @Override
    public Tensor result(ResultKind kind, Tensor x, int samples) {
      return products.result(kind, x, samples);
    }

    @Override
    public double[] activations(double[] a, int m, double[] b, int n, int k) {
      return products.activations(a, m, b, n, k);
    }

    @Override
    public double[] activations(String product, double[] a, int m, double[] b, int n, int k) {
      CacheFormat cache = calibration.caches().get(product);
      double[] kept = cache == null ? b : cache.readBack(b, n, k);
      return products.activations(product, a, m, kept, n, k);
    }
  }
}
