package macroscope.workload;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node of a network's graph as work for a machine.
 *
 * @param name of the node
 * @param operator its ONNX operator
 * @param product the product that it is, if it is one
 * @param read numbers of activations that it reads
 * @param written numbers that it writes
 */
public record NetworkStep(
    String name, String operator, Optional<ProductLayer> product, long read, long written) {

  /** Operators that only say how numbers in memory are to be read. */
  private static final Set<Operator> VIEWS =
      EnumSet.of(Operator.FLATTEN, Operator.RESHAPE, Operator.IDENTITY);

  /** All nodes that compute or move something, in order of execution, for {@code batch} samples. */
  public static List<NetworkStep> of(Graph graph, int batch) {
    Shapes shapes = ShapeInference.of(graph, batch);
    List<NetworkStep> steps = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!VIEWS.contains(node.operator())) {
        steps.add(step(graph, node, shapes));
      }
    }
    return List.copyOf(steps);
  }

  private static NetworkStep step(Graph graph, Node node, Shapes shapes) {
    long read =
        node.inputs().stream()
            .filter(input -> !input.isEmpty() && !graph.initializers().containsKey(input))
            .mapToLong(input -> Tensor.size(shapes.of(input)))
            .sum();
    long written = Tensor.size(shapes.of(node.output()));
    return new NetworkStep(
        node.name(), node.operator().onnxName(), product(graph, node, shapes), read, written);
  }

  private static Optional<ProductLayer> product(Graph graph, Node node, Shapes shapes) {
    boolean weights = LinearLayers.isLinear(graph, node);
    if (!weights && !LinearLayers.isActivationProduct(graph, node)) {
      return Optional.empty();
    }
    if (node.operator() == Operator.CONV) {
      return Optional.of(ProductLayer.of(node.name(), convolution(graph, node, shapes)));
    }
    int[] x = shapes.operand(node, 0);
    int[] y = shapes.of(node.output());
    int n = y[y.length - 1];
    int k = x[x.length - 1];
    if (weights) {
      return Optional.of(ProductLayer.of(node.name(), new Gemm(Tensor.size(y) / n, n, k)));
    }
    Gemm pair = new Gemm(y[y.length - 2], n, k);
    return Optional.of(
        new ProductLayer(node.name(), pair, Shapes.matrices(y), false, Optional.empty()));
  }

  private static ConvolutionShape convolution(Graph graph, Node node, Shapes shapes) {
    int[] x = shapes.operand(node, 0);
    int[] weight = shapes.operand(node, 1);
    int[] y = shapes.of(node.output());
    int stride = Window.of(graph, node, x, weight).strideY();
    return new ConvolutionShape(
        x[0], x[1], weight[0], weight[2], weight[3], y[2], y[3], stride, x[1] / weight[1]);
  }
}
