package macroscope.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network: operations in an order in which each finds its operands computed.
 *
 * @param place the file it comes from, as messages name it
 * @param opset version of the ONNX operator set
 * @param nodes the operations, in order of execution
 * @param initializers weights and other constants, by name
 * @param inputs what the user gives; the first axis of the first is the batch
 * @param outputs what the network gives
 */
public record Graph(
    String place,
    int opset,
    List<Node> nodes,
    Map<String, Tensor> initializers,
    List<Port> inputs,
    List<Port> outputs) {

  public Graph {
    nodes = List.copyOf(nodes);
    initializers = Map.copyOf(initializers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The weight or constant of this name; empty for a value that is computed or given. */
  public Optional<Tensor> initializer(String name) {
    return Optional.ofNullable(initializers.get(name));
  }

  /** What the user gives. */
  public Port input() {
    return inputs.get(0);
  }

  /** What the network is judged by: its first output. */
  public Port output() {
    return outputs.get(0);
  }

  /** How a message names a node of this graph: {@code mlp.onnx, node fc1 (Gemm)}. */
  public String place(Node node) {
    return place + ", " + node.label();
  }

  /** Number of values in all initializers. */
  public long parameters() {
    return initializers.values().stream().mapToLong(t -> t.values().length).sum();
  }
}
