package macroscope.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import macroscope.input.InputException;

/** One operation that is to be done: a node with its operands. */
final class Call {
  private final Graph graph;
  private final Node node;
  private final List<Optional<Operand>> operands;
  private final Products products;

  Call(Graph graph, Node node, List<Optional<Operand>> operands, Products products) {
    this.graph = graph;
    this.node = node;
    this.operands = operands;
    this.products = products;
  }

  Graph graph() {
    return graph;
  }

  Node node() {
    return node;
  }

  int opset() {
    return graph.opset();
  }

  Attributes attributes() {
    return node.attributes();
  }

  Products products() {
    return products;
  }

  int operands() {
    return operands.size();
  }

  /** Whether an operand is given. */
  boolean has(int index) {
    return index < operands.size() && operands.get(index).isPresent();
  }

  Operand operand(int index) {
    if (!has(index)) {
      throw refuse("operand " + index + " must be given");
    }
    return operands.get(index).orElseThrow();
  }

  int[] shape(int index) {
    return operand(index).shape();
  }

  ElementType type(int index) {
    return operand(index).type();
  }

  /** Elements of an operand when the operation runs. */
  double[] values(int index) {
    return operand(index)
        .values()
        .orElseThrow(
            () -> new IllegalStateException("no elements for operand " + index + " of " + label()));
  }

  private String label() {
    return node.label();
  }

  /** Whether the elements of an operand are known before the network runs. */
  boolean isKnown(int index) {
    return has(index) && operand(index).values().isPresent();
  }

  /** Integers that the shape of the result depends on. */
  int[] integers(int index) {
    double[] known =
        operand(index)
            .values()
            .orElseThrow(
                () ->
                    refuse(
                        "operand "
                            + index
                            + " must follow from constants and shapes, not from the data"));
    return Arrays.stream(known).mapToInt(Call::clamped).toArray();
  }

  /** Exporters write the largest integers of 64 bits where they mean the end. */
  private static int clamped(double value) {
    return (int) Math.max(Integer.MIN_VALUE + 1, Math.min(Integer.MAX_VALUE, value));
  }

  /** Axes as an attribute before some operator set and as an operand from it on, or all if neither. */
  int[] axes(int operand, int rank) {
    if (has(operand)) {
      return normalized(integers(operand), rank);
    }
    int[] all = IntStream.range(0, rank).toArray();
    return normalized(attributes().integers("axes", all), rank);
  }

  /** The attribute axis, counted from the front. */
  int axis(int rank, int otherwise) {
    return normalized(new int[] {attributes().integer("axis", otherwise)}, rank)[0];
  }

  /** Axes counted from the front, each within the rank. */
  int[] normalized(int[] axes, int rank) {
    return Arrays.stream(axes)
        .map(
            axis -> {
              require(
                  axis >= -rank && axis < rank, "axes must be " + -rank + ".." + (rank - 1), axes);
              return axis < 0 ? axis + rank : axis;
            })
        .toArray();
  }

  InputException refuse(String rule) {
    return new InputException(graph.place(node), rule);
  }

  void require(boolean holds, String rule) {
    if (!holds) {
      throw refuse(rule);
    }
  }

  /** As {@link #require(boolean, String)}; the message ends with the shapes that were found. */
  void require(boolean holds, String rule, int[]... found) {
    if (!holds) {
      throw refuse(
          rule + ": " + String.join(" and ", Arrays.stream(found).map(Arrays::toString).toList()));
    }
  }
}
