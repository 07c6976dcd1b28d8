package macroscope.workload;

import java.util.List;

/**
 * One operation of a graph.
 *
 * @param name the node's name, or that of its first output where the file gives none
 * @param inputs names of its operands
 * @param output name of its result
 */
public record Node(
    String name, Operator operator, List<String> inputs, String output, Attributes attributes) {

  public Node {
    inputs = List.copyOf(inputs);
  }

  /** How a message names the node: {@code node fc1 (Gemm)}. */
  public String label() {
    return "node " + name + " (" + operator.onnxName() + ")";
  }
}
