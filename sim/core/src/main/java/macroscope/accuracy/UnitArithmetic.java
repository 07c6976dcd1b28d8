package macroscope.accuracy;

import macroscope.onnx.Products.Integers;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledGemm;

/** Products on a datapath, bit for bit; weights are encoded once, activations sample by sample. */
final class UnitArithmetic<P> implements Arithmetic {
  private final DotProductUnit<P> unit;
  private final ScaledGemm<P> gemm;
  private final ScaledGemm<?> ofActivations;
  private final TensorFormat weights;
  private final TensorFormat activations;
  private final boolean attention;
  private final LayerOperands operands;

  UnitArithmetic(DotProductUnit<P> unit, Quantization quantization) {
    this.unit = unit;
    this.gemm = new ScaledGemm<>(unit);
    this.ofActivations = new ScaledGemm<>(unit.ofActivations());
    this.weights = quantization.weights();
    this.activations = quantization.activations();
    this.attention = quantization.attention();
    this.operands = quantization.operands();
  }

  @Override
  public MatrixProduct linear(double[] w, int n, int k) {
    return linear("", w, n, k);
  }

  @Override
  public MatrixProduct linear(String layer, double[] w, int n, int k) {
    TensorFormat inputs = operands.activations(layer, activations);
    return by(gemm, inputs, operands.weights(layer, weights, w, n, k));
  }

  @Override
  public IntegerProduct integers(String layer, Integers weight) {
    return new UnitIntegers<>(layer, unit, weight);
  }

  private <Q> MatrixProduct by(ScaledGemm<Q> unit, TensorFormat inputs, EncodedMatrix b) {
    ScaledGemm.Operand<Q> right = unit.prepareB(b);
    MatrixProduct product =
        (x, rows, rowsPerSample) ->
            multiply(unit, inputs, x, rows, b.columns(), rowsPerSample, right);
    return new FiniteSamples(product, b.rows(), b.columns());
  }

  private <Q> double[] multiply(
      ScaledGemm<Q> unit,
      TensorFormat inputs,
      double[] x,
      int rows,
      int k,
      int rowsPerSample,
      ScaledGemm.Operand<Q> right) {
    double[] result = new double[rows * right.rows()];
    int at = 0;
    for (EncodedMatrix part : Samples.encoded(inputs, x, rows, k, rowsPerSample)) {
      double[] product = unit.multiply(unit.prepareA(part), right);
      System.arraycopy(product, 0, result, at, product.length);
      at += product.length;
    }
    return result;
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    if (!attention) {
      return DenseProduct.multiply(a, m, b, n, k);
    }
    if (!FiniteSamples.isFinite(b, 0, b.length)) {
      return FiniteSamples.nothing(m, n);
    }
    return by(ofActivations, activations, Quantizer.quantize(activations, b, n, k))
        .multiply(a, m, m);
  }
}
