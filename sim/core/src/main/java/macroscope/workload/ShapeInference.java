package macroscope.workload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import macroscope.input.InputException;

/**
 * The shape of every value of a graph for a given batch.
 *
 * <p>Checks on the way that each operator can do what its node asks of it; what it cannot is an
 * {@link InputException} that names the node.
 */
public final class ShapeInference {
  private final Graph graph;
  private final Map<String, int[]> shapes = new HashMap<>();

  private ShapeInference(Graph graph, int batch) {
    this.graph = graph;
    graph.initializers().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    graph.inputs().forEach(port -> shapes.put(port.name(), port.shape(batch)));
  }

  /** The shapes for {@code batch} samples. */
  public static Shapes of(Graph graph, int batch) {
    ShapeInference inference = new ShapeInference(graph, batch);
    for (Node node : graph.nodes()) {
      inference.shapes.put(node.output(), inference.infer(node));
    }
    graph.outputs().forEach(output -> inference.check(output, batch));
    return new Shapes(inference.shapes);
  }

  private void check(Port output, int batch) {
    int[] declared = output.shape(batch);
    int[] found = shape(output.name());
    if (!Arrays.equals(declared, found)) {
      throw new InputException(
          graph.place(),
          "output " + output.name() + " must have shape " + text(declared) + ": " + text(found));
    }
  }

  private int[] shape(String name) {
    int[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException("no shape for " + name);
    }
    return shape;
  }

  private int[] infer(Node node) {
    requireWeightOnTheRight(node);
    int[] x = shape(node.inputs().get(0));
    return switch (node.operator()) {
      case RELU, SQRT, ERF, IDENTITY -> x;
      case ADD, SUB, MUL, DIV -> broadcast(node, x, shape(node.inputs().get(1)));
      case SOFTMAX -> softmax(node, x);
      case GEMM -> gemm(node, x, shape(node.inputs().get(1)));
      case MATMUL -> matmul(node, x, shape(node.inputs().get(1)));
      case CONV -> Window.of(graph, node, x, shape(node.inputs().get(1))).convolved();
      case MAX_POOL -> Window.of(graph, node, x).pooled();
      case FLATTEN -> flatten(node, x);
      case GATHER -> gather(node, x, shape(node.inputs().get(1)));
      case REDUCE_MEAN -> Axes.reduced(graph, node, x);
      case RESHAPE -> reshape(node, x);
      case TRANSPOSE -> transpose(node, x);
    };
  }

  private void requireWeightOnTheRight(Node node) {
    boolean linear = LinearLayers.isLinear(graph, node);
    boolean needsWeight = node.operator() == Operator.GEMM || node.operator() == Operator.CONV;
    boolean product = linear || needsWeight || LinearLayers.isActivationProduct(graph, node);
    boolean weightOnTheLeft = graph.initializer(node.inputs().get(0)).isPresent();
    if ((product && weightOnTheLeft) || (needsWeight && !linear)) {
      throw new InputException(
          graph.place(node), "the weight must be an initializer and the right operand");
    }
  }

  private int[] broadcast(Node node, int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] result = new int[rank];
    for (int axis = 1; axis <= rank; axis++) {
      int left = axis <= a.length ? a[a.length - axis] : 1;
      int right = axis <= b.length ? b[b.length - axis] : 1;
      require(node, left == right || left == 1 || right == 1, "shapes must broadcast", a, b);
      result[rank - axis] = left == 1 ? right : left;
    }
    return result;
  }

  private int[] softmax(Node node, int[] x) {
    int axis = node.attributes().integer("axis", graph.opset() < 13 ? 1 : -1);
    require(node, axis == -1 || axis == x.length - 1, "softmax must run along the last axis", x);
    return x;
  }

  private int[] gemm(Node node, int[] a, int[] b) {
    require(node, a.length == 2 && b.length == 2, "both operands must be matrices", a, b);
    require(node, node.attributes().integer("transA", 0) == 0, "transA must be 0", a);
    boolean transposed = node.attributes().integer("transB", 0) != 0;
    int k = transposed ? b[1] : b[0];
    int n = transposed ? b[0] : b[1];
    require(node, a[1] == k, "inner lengths must agree", a, b);
    int[] result = {a[0], n};
    if (node.inputs().size() == 3) {
      int[] c = shape(node.inputs().get(2));
      require(node, Arrays.equals(broadcast(node, result, c), result), "the bias must fit", c);
    }
    return result;
  }

  private int[] matmul(Node node, int[] a, int[] b) {
    require(node, a.length >= 2 && b.length >= 2, "operands must be matrices", a, b);
    require(node, a[a.length - 1] == b[b.length - 2], "inner lengths must agree", a, b);
    int[] leadA = Arrays.copyOf(a, a.length - 2);
    int[] leadB = Arrays.copyOf(b, b.length - 2);
    boolean weight = LinearLayers.isLinear(graph, node);
    require(node, !weight || b.length == 2, "a weight must be a matrix", a, b);
    require(node, weight || Arrays.equals(leadA, leadB), "leading axes must agree", a, b);
    int[] result = a.clone();
    result[a.length - 1] = b[b.length - 1];
    return result;
  }

  private int[] flatten(Node node, int[] x) {
    int axis = node.attributes().integer("axis", 1);
    require(node, axis == 1 && x.length >= 1, "flatten must keep the first axis alone", x);
    return new int[] {x[0], Tensor.size(x) / x[0]};
  }

  private int[] gather(Node node, int[] table, int[] indices) {
    int axis = node.attributes().integer("axis", 0);
    require(node, axis == 0 && table.length >= 1, "gather must run along axis 0", table);
    int[] result = Arrays.copyOf(indices, indices.length + table.length - 1);
    System.arraycopy(table, 1, result, indices.length, table.length - 1);
    return result;
  }

  private int[] reshape(Node node, int[] x) {
    Tensor target =
        graph
            .initializer(node.inputs().get(1))
            .orElseThrow(
                () ->
                    new InputException(graph.place(node), "the new shape must be an initializer"));
    return Axes.reshaped(graph.place(node), x, target);
  }

  private int[] transpose(Node node, int[] x) {
    int[] order = Axes.permutation(node, x.length);
    boolean[] seen = new boolean[x.length];
    boolean valid = order.length == x.length;
    for (int i = 0; valid && i < order.length; i++) {
      valid = order[i] >= 0 && order[i] < x.length && !seen[order[i]];
      seen[valid ? order[i] : 0] = true;
    }
    require(node, valid, "perm must name every axis once: " + text(order), x);
    return Arrays.stream(order).map(axis -> x[axis]).toArray();
  }

  private void require(Node node, boolean holds, String rule, int[]... found) {
    if (!holds) {
      String shapes = String.join(" and ", Arrays.stream(found).map(ShapeInference::text).toList());
      throw new InputException(graph.place(node), rule + ": " + shapes);
    }
  }

  private static String text(int[] shape) {
    return Arrays.toString(shape);
  }
}
