package macroscope.accuracy;

import macroscope.tensor.TensorFormat;

/** The operands of a quantization. */
public record QuantizationView(Quantization quantization) implements OperandView {

  @Override
  public Operand weights(String layer, double[] w, int n, int k) {
    Quantization own = quantization.of(layer);
    TensorFormat format = own.weights();
    double[] left =
        Quantization.isPlain(format) ? w : own.operands().weights(layer, format, w, n, k).decode();
    return new Operand(format.name(), w, left);
  }

  @Override
  public Operand inputs(String layer, double[] x, int rows, int k, int rowsPerSample) {
    Quantization own = quantization.of(layer);
    TensorFormat format = own.operands().activations(layer, own.activations());
    return new Operand(
        own.activations().name(), x, Samples.decoded(format, x, rows, k, rowsPerSample));
  }

  @Override
  public Operand left(String product, double[] a, int m, int k) {
    return activations(product, a, m, k);
  }

  @Override
  public Operand right(String product, double[] b, int n, int k) {
    return activations(product, b, n, k);
  }

  private Operand activations(String product, double[] x, int rows, int k) {
    TensorFormat format = quantization.of(product).activations();
    return quantization.attention()
        ? new Operand(format.name(), x, Samples.decoded(format, x, rows, k, rows))
        : new Operand("fp32", x, x);
  }

  @Override
  public String datapath(String layer) {
    return new Datapath(quantization.of(layer).unit()).name();
  }
}
