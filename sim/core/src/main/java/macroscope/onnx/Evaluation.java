package macroscope.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does one operation on tensors. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * The results of a node, in the order of its outputs.
   *
   * @param values tensors of all names that the node reads
   * @param products who multiplies
   * @throws macroscope.input.InputException naming the node, if the tensors do not fit it
   */
  public static List<Tensor> of(
      Graph graph, Node node, Map<String, Tensor> values, Products products) {
    List<Optional<Operand>> operands = new ArrayList<>();
    for (String name : node.inputs()) {
      operands.add(name.isEmpty() ? Optional.empty() : Optional.of(operand(values, name)));
    }
    Call call = new Call(graph, node, operands, products);
    List<Result> results = node.operator().apply(call);
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
      tensors.add(results.get(i).tensor());
    }
    return tensors;
  }

  private static Operand operand(Map<String, Tensor> values, String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no value for " + name);
    }
    return Operand.of(value);
  }
}
