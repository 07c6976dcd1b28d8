package macroscope.accuracy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.onnx.Graph;
import macroscope.onnx.Node;
import macroscope.onnx.Operator;
import macroscope.onnx.Tensor;

/**
 * Restores the function that an exporter wrote down in binary32: in GELU, {@code x/2 (1 + erf(x /
 * sqrt 2))} (arXiv 1606.08415), the constant beside erf becomes the root of two in double precision,
 * as runtimes do that recognise the pattern.
 *
 * <p>The constant of the file is off by 1.7e-8; that is enough to flip roundings of quantizers behind
 * it, by up to 4e-5 bits a character on the language models here.
 */
final class Gelu {
  private static final String ROOT = "sqrt(2) in double precision";

  private Gelu() {}

  /** The graph with every {@code erf(x / sqrt 2)} in double precision. */
  static Graph exact(Graph graph) {
    List<String> beforeErf =
        graph.nodes().stream()
            .filter(node -> node.operator() == Operator.ERF)
            .map(node -> node.inputs().get(0))
            .toList();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean gelu = beforeErf.contains(node.output()) && dividesByRoot(graph, node);
      nodes.add(gelu ? dividingByRoot(node) : node);
    }
    Map<String, Tensor> initializers = new HashMap<>(graph.initializers());
    initializers.put(ROOT, new Tensor(new int[0], new double[] {Math.sqrt(2)}));
    return new Graph(
        graph.place(), graph.opset(), nodes, initializers, graph.inputs(), graph.outputs());
  }

  private static boolean dividesByRoot(Graph graph, Node node) {
    return switch (node.operator()) {
      case DIV -> isNumber(graph, node.inputs().get(1), (float) Math.sqrt(2));
      case MUL -> isNumber(graph, node.inputs().get(1), (float) Math.sqrt(0.5));
      default -> false;
    };
  }

  private static boolean isNumber(Graph graph, String name, float number) {
    Optional<Tensor> constant = graph.initializer(name);
    return constant.isPresent()
        && constant.get().values().length == 1
        && constant.get().values()[0] == number;
  }

  private static Node dividingByRoot(Node node) {
    List<String> inputs = List.of(node.inputs().get(0), ROOT);
    return new Node(node.name(), Operator.DIV, inputs, node.output(), node.attributes());
  }
}
