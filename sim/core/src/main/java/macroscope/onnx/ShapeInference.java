package macroscope.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;

/**
 * The shape of every value of a graph for given inputs, without running it. Values that follow from
 * constants and shapes are computed on the way, because shapes depend on them.
 *
 * <p>Checks that each operator can do what its node asks of it; what it cannot is an {@link
 * InputException} that names the node.
 */
public final class ShapeInference {
  /** Largest value that is computed for the shapes behind it. */
  private static final int LARGEST = 1 << 16;

  private final Graph graph;
  private final Map<String, Operand> values = new HashMap<>();

  private ShapeInference(Graph graph, Map<String, int[]> inputs) {
    this.graph = graph;
    graph.initializers().forEach((name, tensor) -> values.put(name, Operand.of(tensor)));
    for (Port port : graph.inputs()) {
      int[] shape = inputs.get(port.name());
      if (shape == null) {
        throw new InputException(graph.place(), "the input " + port.name() + " must be given");
      }
      values.put(port.name(), new Operand(port.type(), shape, Optional.empty()));
    }
  }

  /** The shapes for {@code batch} samples of a network whose other axes are fixed. */
  public static Shapes of(Graph graph, int batch) {
    for (Port port : graph.inputs()) {
      if (!port.isFixed()) {
        throw new InputException(
            graph.place(), "the input " + port.name() + " has free axes: data must say how long");
      }
    }
    return of(graph, new FreeAxes(batch, Optional.empty(), Map.of()).shapes(graph));
  }

  /** The shapes for inputs of these shapes. */
  public static Shapes of(Graph graph, Map<String, int[]> inputs) {
    ShapeInference inference = new ShapeInference(graph, inputs);
    graph.nodes().forEach(inference::infer);
    int[] first = inputs.get(graph.input().name());
    int batch = first == null || first.length == 0 ? 1 : first[0];
    graph.outputs().forEach(output -> inference.check(output, batch));
    Map<String, int[]> shapes = new HashMap<>();
    inference.values.forEach((name, value) -> shapes.put(name, value.shape()));
    return new Shapes(shapes);
  }

  private void check(Port output, int batch) {
    int[] found = operand(output.name()).shape();
    if (!output.admits(found, batch)) {
      throw new InputException(
          graph.place(),
          "output "
              + output.name()
              + " must have shape "
              + Arrays.toString(output.shape(batch))
              + ": "
              + Arrays.toString(found));
    }
  }

  private Operand operand(String name) {
    Operand operand = values.get(name);
    if (operand == null) {
      throw new IllegalStateException("no shape for " + name);
    }
    return operand;
  }

  private void infer(Node node) {
    List<Optional<Operand>> operands = new ArrayList<>();
    for (String name : node.inputs()) {
      operands.add(name.isEmpty() ? Optional.empty() : Optional.of(operand(name)));
    }
    Call call = new Call(graph, node, operands, NoProducts.INSTANCE);
    boolean known =
        node.operator().isFoldable()
            && operands.stream().allMatch(o -> o.isEmpty() || o.get().values().isPresent());
    List<Result> results = results(call);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (i >= results.size()) {
        throw call.refuse("must have at most " + results.size() + " outputs");
      }
      values.put(node.outputs().get(i), operand(results.get(i), known));
    }
  }

  /** Sizes beyond 2^31 overflow where they are multiplied. */
  private static List<Result> results(Call call) {
    try {
      List<Result> results = call.node().operator().apply(call);
      results.forEach(result -> Tensor.size(result.shape()));
      return results;
    } catch (ArithmeticException e) {
      throw call.refuse("a tensor must have fewer than 2^31 elements");
    }
  }

  private static Operand operand(Result result, boolean known) {
    boolean small = Tensor.size(result.shape()) <= LARGEST;
    return new Operand(
        result.type(),
        result.shape(),
        small && (known || result.ofShapes())
            ? Optional.of(result.values().get())
            : Optional.empty());
  }
}
