package macroscope.accuracy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.Operator;
import macroscope.onnx.Tensor;

/**
 * Restores roots that an exporter wrote down in binary32: of two in GELU, {@code x/2 (1 + erf(x / sqrt
 * 2))} (arXiv 1606.08415), and of the width of a head that attention's scores are divided by (arXiv
 * 1706.03762). They become roots in double precision, as runtimes do that recognise the pattern.
 *
 * <p>The root of two of the file is off by 1.7e-8; that is enough to flip roundings of quantizers behind
 * it, by up to 4e-5 bits a character on the language models here.
 */
final class Roots {
  private static final int WIDEST_HEAD = 4096;

  private Roots() {}

  /** The graph with these roots in double precision. */
  static Graph exact(Graph graph) {
    Set<String> beforeErf = new HashSet<>();
    Set<String> scores = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.operator() == Operator.ERF) {
        beforeErf.add(node.inputs().get(0));
      }
      if (LinearNodes.isActivationProduct(graph, node)) {
        scores.add(node.output());
      }
    }
    Map<String, Tensor> initializers = new HashMap<>(graph.initializers());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Optional<Integer> square = Optional.empty();
      if (beforeErf.contains(node.output())) {
        square = square(graph, node, 2);
      } else if (node.operator() == Operator.DIV && scores.contains(node.inputs().get(0))) {
        square = square(graph, node, WIDEST_HEAD);
      }
      square.ifPresent(n -> initializers.put(name(n), root(n)));
      nodes.add(square.map(n -> dividing(node, n)).orElse(node));
    }
    return new Graph(
        graph.place(), graph.opset(), nodes, initializers, graph.inputs(), graph.outputs());
  }

  private static String name(int square) {
    return "sqrt(" + square + ") in double precision";
  }

  private static Tensor root(int square) {
    return new Tensor(new int[0], new double[] {Math.sqrt(square)});
  }

  /** What the constant that a node divides by, or multiplies by the inverse of, is the root of. */
  private static Optional<Integer> square(Graph graph, Node node, int most) {
    if (node.inputs().size() != 2) {
      return Optional.empty();
    }
    Optional<Tensor> constant = graph.initializer(node.inputs().get(1));
    if (constant.isEmpty() || constant.get().values().length != 1) {
      return Optional.empty();
    }
    double value = constant.get().values()[0];
    return switch (node.operator()) {
      case DIV -> first(most, n -> value == (float) Math.sqrt(n));
      case MUL -> first(most, n -> value == (float) Math.sqrt(1.0 / n));
      default -> Optional.empty();
    };
  }

  private static Optional<Integer> first(int most, IntPredicate fits) {
    return IntStream.rangeClosed(2, most).filter(fits).boxed().findFirst();
  }

  private static Node dividing(Node node, int square) {
    List<String> inputs = List.of(node.inputs().get(0), name(square));
    return new Node(node.name(), Operator.DIV, inputs, node.output(), node.attributes());
  }
}
