package macroscope.onnx;

import java.util.List;

/**
 * One operation of a graph.
 *
 * @param name the node's name, or that of its first output where the file gives none
 * @param inputs names of its operands; empty for an optional one that is left out
 * @param outputs names of its results; empty for an optional one that nobody wants
 */
public record Node(
    String name,
    Operator operator,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** With one result. */
  public Node(
      String name, Operator operator, List<String> inputs, String output, Attributes attributes) {
    this(name, operator, inputs, List.of(output), attributes);
  }

  /** The first result. */
  public String output() {
    return outputs.get(0);
  }

  /** The same operation of other operands. */
  public Node withInputs(List<String> others) {
    return new Node(name, operator, others, outputs, attributes);
  }

  /** How a message names the node: {@code node fc1 (Gemm)}. */
  public String label() {
    return "node " + name + " (" + operator.onnxName() + ")";
  }
}
