package macroscope.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.format.RoundingMode;
import macroscope.tensor.TensorFormat;

/** How well a format holds the tensors of a network: each layer's weights, and inputs in the float run. */
public final class NetworkQsnr implements LayerProbe.Watcher {
  private final TensorFormat format;
  private final Restoration restoration;
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
    NetworkQsnr qsnr = new NetworkQsnr(format, restoration);
    LayerProbe.run(model, calibration, qsnr, progress);
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
  public void weights(String layer, double[] w, int n, int k) {
    Qsnr qsnr = new Qsnr(restoration);
    qsnr.add(w, n, k, 1);
    double bits = format.bitsPerElement(n, k);
    tensors.add(new TensorQsnr(layer, TensorQsnr.Operand.WEIGHT, n, k, bits, qsnr.metric()));
    inputs.put(layer, new Inputs(layer, k));
  }

  @Override
  public void inputs(String layer, double[] x, int rows, int k) {
    inputs.computeIfAbsent(layer, name -> new Inputs(name, k)).add(x, rows);
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
