package macroscope.workload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.Operator;
import macroscope.onnx.Shapes;
import macroscope.onnx.Tensor;

/** Numbers that a network keeps while it runs: activations at their most, weights. */
public final class MemoryNeed {

  /** Operators whose result is their first operand, read otherwise. */
  private static final Set<Operator> VIEWS =
      Set.of(Operator.FLATTEN, Operator.RESHAPE, Operator.IDENTITY);

  private MemoryNeed() {}

  /**
   * Activations of a phase at their most: vectors between layers, which stay, and what the operator that
   * has most of them reads and writes.
   *
   * @param scores whether attention leaves its scores, and keys and values that it makes again, in memory,
   *     which one kernel for it does not
   */
  public static long activations(LanguageModel model, Inference phase, boolean scores) {
    long between = (long) phase.tokens() * model.hidden();
    long most =
        model.operators(phase).stream().mapToLong(one -> numbers(one, scores)).max().orElse(0);
    return between + most;
  }

  private static long numbers(ModelOperator operator, boolean scores) {
    if (operator instanceof ModelOperator.Projection one) {
      return numbers(one.gemm(), one.matrices());
    }
    if (operator instanceof ModelOperator.Rematerialization one) {
      return scores ? (long) one.gemm().m() * one.gemm().n() : 0;
    }
    if (operator instanceof ModelOperator.ActivationProduct one) {
      return numbers(one.gemm(), one.batch())
          + (long) one.batch() * one.gemm().n() * one.gemm().k();
    }
    if (operator instanceof ModelOperator.Attention one) {
      long queries = (long) one.batch() * one.queries() * one.heads().queries();
      long kept = scores ? queries * one.context() : 0;
      return 2 * queries * one.heads().size() + kept;
    }
    return operator instanceof ModelOperator.Elementwise one ? one.read() + one.written() : 0;
  }

  private static long numbers(Gemm gemm, int matrices) {
    return (long) matrices * gemm.m() * ((long) gemm.k() + gemm.n());
  }

  /** Activations of a graph at their most: each value from its node to the last that reads it. */
  public static long activations(Graph graph, Shapes shapes) {
    Map<String, String> owners = new HashMap<>();
    Map<String, Integer> lastUse = new HashMap<>();
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (VIEWS.contains(node.operator())) {
        owners.put(node.output(), owner(owners, node.inputs().get(0)));
      }
      for (String input : node.inputs()) {
        lastUse.put(owner(owners, input), i);
      }
    }
    graph.outputs().forEach(o -> lastUse.put(owner(owners, o.name()), nodes.size()));
    return most(graph, shapes, owners, lastUse);
  }

  private static String owner(Map<String, String> owners, String name) {
    return owners.getOrDefault(name, name);
  }

  private static long most(
      Graph graph, Shapes shapes, Map<String, String> owners, Map<String, Integer> lastUse) {
    Map<String, Long> live = new HashMap<>();
    graph.inputs().forEach(port -> live.put(port.name(), size(shapes, port.name())));
    long most = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String output : graph.nodes().get(i).outputs()) {
        if (!output.isEmpty() && owner(owners, output).equals(output)) {
          live.put(output, size(shapes, output));
        }
      }
      most = Math.max(most, live.values().stream().mapToLong(Long::longValue).sum());
      int now = i;
      live.keySet().removeIf(name -> lastUse.getOrDefault(name, -1) <= now);
    }
    return most;
  }

  private static long size(Shapes shapes, String name) {
    return Tensor.size(shapes.of(name));
  }

  /**
   * Bytes of a graph's weights: matrices in a format of so many bits, all other constants as the file has
   * them.
   */
  public static double weightBytes(Graph graph, double weightBits) {
    Set<String> matrices = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (LinearNodes.isLinear(graph, node) || LinearNodes.isInteger(graph, node)) {
        matrices.add(node.inputs().get(LinearNodes.weightOperand(graph, node)));
      }
    }
    double bits = 0;
    for (Map.Entry<String, Tensor> one : graph.initializers().entrySet()) {
      double each = matrices.contains(one.getKey()) ? weightBits : one.getValue().type().bits();
      bits += each * one.getValue().values().length;
    }
    return bits / Byte.SIZE;
  }
}
