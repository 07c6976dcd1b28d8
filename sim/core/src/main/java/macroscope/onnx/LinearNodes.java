package macroscope.onnx;

import java.util.Arrays;

/** Finds the nodes of a graph that multiply matrices, and their weights. */
public final class LinearNodes {
  private LinearNodes() {}

  /** Whether a node multiplies real numbers by a weight. */
  public static boolean isLinear(Graph graph, Node node) {
    return switch (node.operator()) {
      case GEMM, CONV -> isConstant(graph, node, 1) && !isConstant(graph, node, 0);
      case MATMUL -> rightWeight(graph, node) || leftWeight(graph, node);
      default -> false;
    };
  }

  /** Whether a node multiplies integers by a weight of integers. */
  public static boolean isInteger(Graph graph, Node node) {
    return switch (node.operator()) {
      case MATMUL_INTEGER, CONV_INTEGER -> isConstant(graph, node, 1);
      case QLINEAR_MATMUL, QLINEAR_CONV -> isConstant(graph, node, 3);
      default -> false;
    };
  }

  /** Whether a node multiplies two activations. */
  public static boolean isActivationProduct(Graph graph, Node node) {
    boolean product = node.operator() == Operator.MATMUL || node.operator() == Operator.GEMM;
    return product && !isLinear(graph, node);
  }

  private static boolean isConstant(Graph graph, Node node, int operand) {
    return node.inputs().size() > operand
        && graph.initializers().containsKey(node.inputs().get(operand));
  }

  private static boolean rightWeight(Graph graph, Node node) {
    return isMatrix(graph, node, 1) && !isConstant(graph, node, 0);
  }

  /** Whether the weight of a MatMul is its left operand: outputs are rows of the result. */
  static boolean leftWeight(Graph graph, Node node) {
    return node.operator() == Operator.MATMUL
        && isMatrix(graph, node, 0)
        && !isConstant(graph, node, 1);
  }

  private static boolean isMatrix(Graph graph, Node node, int operand) {
    return isConstant(graph, node, operand)
        && graph.initializer(node.inputs().get(operand)).orElseThrow().rank() == 2;
  }

  /** Which operand of a node is its weight. */
  public static int weightOperand(Graph graph, Node node) {
    return switch (node.operator()) {
      case QLINEAR_MATMUL, QLINEAR_CONV -> 3;
      default -> leftWeight(graph, node) ? 0 : 1;
    };
  }

  /** The weight of a node as N x K; of a convolution, K runs over channel, kernel row, column. */
  public static Tensor weight(Graph graph, Node node) {
    Tensor weight = graph.initializer(node.inputs().get(weightOperand(graph, node))).orElseThrow();
    return switch (node.operator()) {
      case CONV, CONV_INTEGER, QLINEAR_CONV -> {
        int n = weight.shape()[0];
        yield weight.reshape(n, n == 0 ? 0 : weight.values().length / n);
      }
      case GEMM -> node.attributes().integer("transB", 0) != 0 ? weight : weight.transposed();
      default -> leftWeight(graph, node) ? weight : matrix(weight).transposed();
    };
  }

  private static Tensor matrix(Tensor weight) {
    int[] shape = weight.shape();
    int columns = shape[shape.length - 1];
    return weight.reshape(weight.values().length / columns, columns);
  }

  /** Parts of a convolution that do not see each other; 1 for other nodes. */
  public static int groups(Node node) {
    return switch (node.operator()) {
      case CONV, CONV_INTEGER, QLINEAR_CONV -> node.attributes().integer("group", 1);
      default -> 1;
    };
  }

  /** The rows of a weight that belong to a group. */
  public static Tensor weight(Graph graph, Node node, int group) {
    Tensor all = weight(graph, node);
    int groups = groups(node);
    if (groups == 1) {
      return all;
    }
    int rows = all.shape()[0] / groups;
    int k = all.shape()[1];
    double[] part = Arrays.copyOfRange(all.values(), group * rows * k, (group + 1) * rows * k);
    return new Tensor(all.type(), new int[] {rows, k}, part);
  }

  /**
   * Rows, columns and inner length of the product of a linear or integer node: M x N x K, for each group
   * of a convolution.
   */
  public static int[] dimensions(Graph graph, Node node, Shapes shapes) {
    int[] y = shapes.of(node.output());
    Tensor weight = weight(graph, node);
    int n = weight.shape()[0];
    return new int[] {Tensor.size(y) / n, n / groups(node), weight.shape()[1]};
  }
}
