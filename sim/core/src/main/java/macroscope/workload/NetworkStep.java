package macroscope.workload;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.Operator;
import macroscope.onnx.ShapeInference;
import macroscope.onnx.Shapes;
import macroscope.onnx.Tensor;

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

  private static final int IMAGE_AXES = 4;

  /** All nodes that compute or move something, in order of execution, for {@code batch} samples. */
  public static List<NetworkStep> of(Graph graph, int batch) {
    return of(graph, ShapeInference.of(graph, batch));
  }

  /** The same for values of these shapes. */
  public static List<NetworkStep> of(Graph graph, Shapes shapes) {
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
            .filter(input -> !input.isEmpty() && graph.initializer(input).isEmpty())
            .mapToLong(input -> Tensor.size(shapes.of(input)))
            .sum();
    long written = Tensor.size(shapes.of(node.output()));
    return new NetworkStep(
        node.name(), node.operator().onnxName(), product(graph, node, shapes), read, written);
  }

  private static Optional<ProductLayer> product(Graph graph, Node node, Shapes shapes) {
    if (LinearNodes.isLinear(graph, node) || LinearNodes.isInteger(graph, node)) {
      return Optional.of(byWeights(graph, node, shapes));
    }
    return LinearNodes.isActivationProduct(graph, node)
        ? Optional.of(ofActivations(node, shapes))
        : Optional.empty();
  }

  private static ProductLayer byWeights(Graph graph, Node node, Shapes shapes) {
    boolean convolution =
        switch (node.operator()) {
          case CONV, CONV_INTEGER, QLINEAR_CONV -> true;
          default -> false;
        };
    int[] weight = shapes.operand(node, LinearNodes.weightOperand(graph, node));
    if (convolution && weight.length == IMAGE_AXES) {
      return ProductLayer.of(node.name(), convolution(node, shapes, weight));
    }
    int[] mnk = LinearNodes.dimensions(graph, node, shapes);
    Gemm gemm = new Gemm(mnk[0], mnk[1], mnk[2]);
    int groups = LinearNodes.groups(node);
    return new ProductLayer(node.name(), gemm, groups, true, Optional.empty());
  }

  private static ConvolutionShape convolution(Node node, Shapes shapes, int[] weight) {
    int[] y = shapes.of(node.output());
    int groups = LinearNodes.groups(node);
    return new ConvolutionShape(
        y[0],
        weight[1] * groups,
        weight[0],
        weight[2],
        weight[3],
        y[2],
        y[3],
        node.attributes().integers("strides", 1, 1)[0],
        groups);
  }

  private static ProductLayer ofActivations(Node node, Shapes shapes) {
    int[] x = shapes.operand(node, 0);
    int[] y = shapes.of(node.output());
    boolean transposed = node.attributes().integer("transA", 0) != 0;
    int k = transposed ? x[x.length - 2] : x[x.length - 1];
    int m = y.length < 2 ? 1 : y[y.length - 2];
    int n = y.length < 1 ? 1 : y[y.length - 1];
    int matrices = Math.max(1, Tensor.size(y) / (m * n));
    return new ProductLayer(node.name(), new Gemm(m, n, k), matrices, false, Optional.empty());
  }
}
