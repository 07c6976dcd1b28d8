package macroscope.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes what follows from constants alone: transposed weights, dequantized ones, shapes. */
final class ConstantFolding {
  private ConstantFolding() {}

  /** The graph without the nodes that need no input, and without constants that nobody reads. */
  static Graph of(Graph graph) {
    Map<String, Tensor> constants = new HashMap<>(graph.initializers());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean known =
          node.inputs().stream().allMatch(name -> name.isEmpty() || constants.containsKey(name));
      if (known && node.operator().isFoldable()) {
        List<Tensor> results = Evaluation.of(graph, node, constants, NoProducts.INSTANCE);
        for (int i = 0; i < results.size(); i++) {
          constants.put(node.outputs().get(i), results.get(i));
        }
      } else {
        nodes.add(node);
      }
    }
    Set<String> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(node.inputs()));
    graph.outputs().forEach(port -> read.add(port.name()));
    constants.keySet().retainAll(read);
    return new Graph(
        graph.place(), graph.opset(), nodes, constants, graph.inputs(), graph.outputs());
  }
}
