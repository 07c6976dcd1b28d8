package macroscope.calibrate;

import java.util.stream.IntStream;
import macroscope.tensor.ColumnQuantizer;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * GPTQ (Frantar et al., arXiv 2210.17323, algorithm 1): the columns of the weights are rounded one by
 * one, and what a rounding adds to the layer's output is taken back as well as possible by the columns
 * that are still to come. The inputs are those that the layers before give with the weights that were
 * chosen for them. Scales of rows and of the whole matrix are those of the weights before; the scales
 * of a group those of the weights when its first column comes up, or before with {@code actOrder} (static
 * groups of the published code: groups keep their places).
 *
 * @param actOrder columns with large inputs first
 * @param damping share of the mean of the Hessian's diagonal that is added to it
 */
record Gptq(boolean actOrder, double damping) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.ROUNDING;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("gptq");
    return run.throughWeights(
        before, layer -> rounded(layer, run.weightFormat(layer.name(), layer.before())));
  }

  private LayerCalibration rounded(LayerData layer, TensorFormat format) {
    DMatrixRMaj hessian = layer.gram();
    double[] w = layer.toQuantize().clone();
    InverseHessian.clearDead(hessian, w);
    int[] order = actOrder ? byDiagonal(hessian) : IntStream.range(0, layer.k()).toArray();
    DMatrixRMaj upper = new InverseHessian(damping).upper(hessian, order);
    ColumnQuantizer quantizer = new ColumnQuantizer(format, w, layer.n(), layer.k());
    for (int i = 0; i < order.length; i++) {
      if (!actOrder) {
        quantizer.begin(order[i]);
      }
      for (int row = 0; row < layer.n(); row++) {
        roundAndPassOn(w, row, order, i, upper, quantizer);
      }
    }
    return layer.before().withEncoded(quantizer.encoded());
  }

  private static void roundAndPassOn(
      double[] w, int row, int[] order, int i, DMatrixRMaj upper, ColumnQuantizer quantizer) {
    int at = row * order.length;
    double value = w[at + order[i]];
    double error = (value - quantizer.round(row, order[i], value)) / upper.get(i, i);
    for (int j = i + 1; j < order.length; j++) {
      w[at + order[j]] -= error * upper.get(i, j);
    }
  }

  /** Columns by falling diagonal; of equal ones the first. */
  private static int[] byDiagonal(DMatrixRMaj hessian) {
    return IntStream.range(0, hessian.numRows)
        .boxed()
        .sorted((a, b) -> Double.compare(hessian.get(b, b), hessian.get(a, a)))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
