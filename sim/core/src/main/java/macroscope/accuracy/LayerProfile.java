package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import macroscope.onnx.ResultKind;

/**
 * Where a network loses accuracy, node by node: the float network and the one that is judged run in
 * step, one sample at a time. Each node with a product of matrices has a row, whether the unit does it
 * or not, and each other node whose result is kept in a format or computed on integers.
 *
 * @param node name of the network's node
 * @param operator as ONNX names it
 * @param shape of its products for the first sample
 * @param formats of its operands and its result
 * @param weights what is left of the weights, or of the right operand of two activations
 * @param activations what is left of the inputs of the float run
 * @param injected what this node alone does to its result on the inputs of the float run
 * @param accumulated its result with all that was lost before
 * @param rootMeanSquare of the result in the float run
 */
public record LayerProfile(
    String node,
    String operator,
    Shape shape,
    Formats formats,
    Metric weights,
    Metric activations,
    Loss injected,
    Loss accumulated,
    double rootMeanSquare) {

  /**
   * The products of a node; {@code products} of M x N x K each. Of another result M rows of N elements.
   *
   * @param products heads of attention, groups of a convolution; 0 for a node that multiplies nothing
   */
  public record Shape(int products, int m, int n, int k) {}

  /**
   * Formats and datapath; empty where a node has none.
   *
   * @param result of a node that multiplies nothing
   */
  public record Formats(String weights, String activations, String result, String datapath) {}

  /**
   * How far a result is from the float run's.
   *
   * @param qsnr signal over noise, samples being the independent units; infinite for none
   * @param largest magnitude of the differences
   */
  public record Loss(Metric qsnr, double largest) {}

  /**
   * The profile of a network.
   *
   * @param data samples to run
   * @param judged the arithmetic that is judged
   * @param operands what it does to operands
   * @param quantization what it was made from
   * @param threads the result does not depend on it
   */
  public static List<LayerProfile> of(
      Model model,
      Dataset data,
      Arithmetic judged,
      OperandView operands,
      Quantization quantization,
      int threads,
      Progress progress) {
    Fit.check(model, data);
    ProfileRun run = new ProfileRun(model, judged, operands, quantization);
    List<Callable<List<ProfileCell>>> tasks = new ArrayList<>();
    for (int sample = 0; sample < data.size(); sample++) {
      int own = sample;
      tasks.add(() -> run.sample(data.feed(model.graph(), own)));
    }
    List<List<ProfileCell>> samples = OrderedTasks.run(tasks, threads, progress);
    List<LayerProfile> rows = new ArrayList<>();
    for (int i = 0; i < samples.get(0).size(); i++) {
      int row = i;
      rows.add(run.row(samples.stream().map(cells -> cells.get(row)).toList()));
    }
    return rows;
  }

  static boolean isKept(ResultKind kind, Quantization quantization) {
    return quantization.results().of(kind).isPresent()
        || kind == ResultKind.SOFTMAX && quantization.softmax() != AttentionSoftmax.REAL;
  }
}
