package macroscope.accuracy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.Port;
import macroscope.onnx.Tensor;

/**
 * The inputs of a network of token ids, by the names that exporters give them: ids, a mask of ones, token
 * types of zeros, positions counted from zero.
 */
final class TokenInputs {
  private TokenInputs() {}

  /**
   * @param name of the data, for messages
   * @param ids of {@code count} samples with as many tokens each
   */
  static Map<String, Tensor> of(String name, Graph graph, double[] ids, int count) {
    int[] shape = {count, ids.length / count};
    Map<String, Tensor> inputs = new HashMap<>();
    for (Port port : graph.inputs()) {
      inputs.put(
          port.name(), new Tensor(port.type(), shape, values(name, graph, port, ids, shape)));
    }
    return inputs;
  }

  private static double[] values(String name, Graph graph, Port port, double[] ids, int[] shape) {
    if (port.equals(graph.input()) && !port.name().contains("mask")
        || port.name().contains("input_ids")) {
      return ids;
    }
    double[] values = new double[ids.length];
    if (port.name().contains("mask")) {
      Arrays.fill(values, 1);
    } else if (port.name().contains("position")) {
      Arrays.setAll(values, i -> i % shape[1]);
    } else if (!(port.name().contains("type") || port.name().contains("segment"))) {
      throw new InputException(name, "has nothing for the input " + port.name());
    }
    return values;
  }
}
