package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;

/** The names of a network's layers: of their nodes, in the order of execution. */
public final class LayerNames {
  private LayerNames() {}

  /** Layers with weights, of reals or integers; each group of a convolution is one. */
  public static List<String> withWeights(Graph graph) {
    List<String> names = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (LinearNodes.isLinear(graph, node) || LinearNodes.isInteger(graph, node)) {
        int groups = LinearNodes.groups(node);
        for (int group = 0; group < groups; group++) {
          names.add(of(node, group));
        }
      }
    }
    return names;
  }

  /** Products of two activations. */
  public static List<String> ofActivations(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> LinearNodes.isActivationProduct(graph, node))
        .map(Node::name)
        .toList();
  }

  /** The name of one group of a node. */
  static String of(Node node, int group) {
    return LinearNodes.groups(node) == 1 ? node.name() : node.name() + "/group" + group;
  }
}
