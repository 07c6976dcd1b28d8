package macroscope.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the matrix products of a network, in order of execution. */
public final class LinearLayers {
  private LinearLayers() {}

  /** Whether a node multiplies by a weight. */
  public static boolean isLinear(Graph graph, Node node) {
    return switch (node.operator()) {
      case GEMM, MATMUL, CONV -> graph.initializers().containsKey(node.inputs().get(1));
      default -> false;
    };
  }

  /** Whether a node multiplies two activations. */
  public static boolean isActivationProduct(Graph graph, Node node) {
    return node.operator() == Operator.MATMUL && !isLinear(graph, node);
  }

  /** The weight of a linear node as N x K; of a Conv, K runs over channel, kernel row, column. */
  public static Tensor weight(Graph graph, Node node) {
    Tensor weight = graph.initializer(node.inputs().get(1)).orElseThrow();
    if (node.operator() == Operator.CONV) {
      int n = weight.shape()[0];
      return weight.reshape(n, weight.values().length / n);
    }
    boolean rowsAreOutputs =
        node.operator() == Operator.GEMM && node.attributes().integer("transB", 0) != 0;
    return rowsAreOutputs ? weight : weight.transposed();
  }

  /** The products with weights, first and last layer included, for {@code batch} samples. */
  public static List<LinearLayer> of(Graph graph, int batch) {
    Shapes shapes = ShapeInference.of(graph, batch);
    return graph.nodes().stream()
        .filter(node -> isLinear(graph, node))
        .map(node -> new LinearLayer(node.name(), node.inputs().get(1), gemm(graph, node, shapes)))
        .toList();
  }

  /** The products of two activations (attention), one entry a matrix pair, for {@code batch} samples. */
  public static List<Gemm> ofActivations(Graph graph, int batch) {
    Shapes shapes = ShapeInference.of(graph, batch);
    List<Gemm> products = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (isActivationProduct(graph, node)) {
        int[] y = shapes.of(node.output());
        int[] x = shapes.operand(node, 0);
        Gemm pair = new Gemm(y[y.length - 2], y[y.length - 1], x[x.length - 1]);
        products.addAll(Collections.nCopies(Shapes.matrices(y), pair));
      }
    }
    return products;
  }

  private static Gemm gemm(Graph graph, Node node, Shapes shapes) {
    int[] x = shapes.operand(node, 0);
    if (node.operator() == Operator.CONV) {
      Window window = Window.of(graph, node, x, shapes.operand(node, 1));
      return new Gemm(window.batch() * window.positions(), window.outputs(), window.taps());
    }
    int[] y = shapes.of(node.output());
    int n = y[y.length - 1];
    return new Gemm(Tensor.size(y) / n, n, x[x.length - 1]);
  }
}
