package macroscope.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.format.RoundingMode;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Tensor;

/** How well a format holds the tensors of a network: each layer's weights, and inputs in the float run. */
public final class NetworkQsnr implements Arithmetic {
  private final TensorFormat format;
  private final Restoration restoration;
  private final Arithmetic exact = new FloatArithmetic();
  private final List<TensorQsnr> tensors = new ArrayList<>();
  private final Map<String, Inputs> inputs = new LinkedHashMap<>();

  private NetworkQsnr(TensorFormat format, Restoration restoration) {
    this.format = format;
    this.restoration = restoration;
  }

  /**
   * Weights and activations of all linear layers, layer by layer. A sample is the independent unit of
   * an activation's standard error and has its own scale per tensor; a weight's is an output channel.
   *
   * @param calibration inputs that the activations come from
   */
  public static List<TensorQsnr> of(
      Model model, Dataset calibration, TensorFormat format, Progress progress) {
    Restoration rounded = Restoration.rounded(format, RoundingMode.TIES_TO_EVEN);
    return of(model, calibration, format, rounded, progress);
  }

  /**
   * As {@link #of(Model, Dataset, TensorFormat, Progress)} with another rounding, or noise.
   *
   * @param restoration what is left of a matrix in the format
   */
  public static List<TensorQsnr> of(
      Model model,
      Dataset calibration,
      TensorFormat format,
      Restoration restoration,
      Progress progress) {
    Fit.check(model, calibration);
    NetworkQsnr qsnr = new NetworkQsnr(format, restoration);
    ModelRunner runner = new ModelRunner(model.graph(), qsnr);
    for (int sample = 0; sample < calibration.size(); sample++) {
      double[] input = new double[calibration.sampleSize()];
      calibration.input(sample, input, 0);
      runner.run(new Tensor(model.graph().input().shape(1), input));
      progress.finished(sample + 1, calibration.size());
    }
    return qsnr.byLayer();
  }

  private List<TensorQsnr> byLayer() {
    List<TensorQsnr> all = new ArrayList<>();
    for (TensorQsnr weight : tensors) {
      all.add(weight);
      Inputs activation = inputs.get(weight.layer());
      if (activation != null) {
        all.add(activation.result());
      }
    }
    return all;
  }

  @Override
  public MatrixProduct linear(String layer, double[] weights, int n, int k) {
    Qsnr qsnr = new Qsnr(restoration);
    qsnr.add(weights, n, k, 1);
    double bits = format.bitsPerElement(n, k);
    tensors.add(new TensorQsnr(layer, TensorQsnr.Operand.WEIGHT, n, k, bits, qsnr.metric()));
    Inputs activation = new Inputs(layer, k);
    inputs.put(layer, activation);
    MatrixProduct product = exact.linear(weights, n, k);
    return (x, rows, rowsPerSample) -> {
      activation.add(x, rows);
      return product.multiply(x, rows, rowsPerSample);
    };
  }

  @Override
  public MatrixProduct linear(double[] weights, int n, int k) {
    throw new IllegalStateException("a layer's name is needed");
  }

  @Override
  public double[] activations(double[] a, int m, double[] b, int n, int k) {
    return exact.activations(a, m, b, n, k);
  }

  /** The inputs of a layer, one sample at a time. */
  private final class Inputs {
    private final String layer;
    private final int columns;
    private final Qsnr qsnr = new Qsnr(restoration);
    private int rows;
    private double bits;

    Inputs(String layer, int columns) {
      this.layer = layer;
      this.columns = columns;
    }

    void add(double[] x, int sampleRows) {
      qsnr.add(x, sampleRows, columns, sampleRows);
      bits = format.bitsPerElement(sampleRows, columns);
      rows += sampleRows;
    }

    TensorQsnr result() {
      return new TensorQsnr(
          layer, TensorQsnr.Operand.ACTIVATION, rows, columns, bits, qsnr.metric());
    }
  }
}
