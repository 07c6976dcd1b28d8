package macroscope.accuracy;

import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ScaledGemm;

/** Products on a datapath, bit for bit; weights are encoded once, activations sample by sample. */
final class UnitArithmetic<P> implements Arithmetic {
  private final ScaledGemm<P> gemm;
  private final TensorFormat weights;
  private final TensorFormat activations;
  private final boolean attention;

  UnitArithmetic(DotProductUnit<P> unit, Quantization quantization) {
    this.gemm = new ScaledGemm<>(unit);
    this.weights = quantization.weights();
    this.activations = quantization.activations();
    this.attention = quantization.attention();
  }

  @Override
  public MatrixProduct linear(double[] w, int n, int k) {
    return by(Quantizer.quantize(weights, w, n, k));
  }

  private MatrixProduct by(EncodedMatrix b) {
    ScaledGemm.Operand<P> right = gemm.prepareB(b);
    MatrixProduct product =
        (x, rows, rowsPerSample) -> multiply(x, rows, b.columns(), rowsPerSample, right);
    return new FiniteSamples(product, b.rows(), b.columns());
  }

  private double[] multiply(
      double[] x, int rows, int k, int rowsPerSample, ScaledGemm.Operand<P> right) {
    double[] result = new double[rows * right.rows()];
    int at = 0;
    for (EncodedMatrix part : Samples.encoded(activations, x, rows, k, rowsPerSample)) {
      double[] product = gemm.multiply(gemm.prepareA(part), right);
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
    return by(Quantizer.quantize(activations, b, n, k)).multiply(a, m, m);
  }
}
