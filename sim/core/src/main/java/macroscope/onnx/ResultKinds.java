package macroscope.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds embeddings, normalizations and softmax in a graph. A normalization that an exporter wrote in
 * single operators is what is divided by a root of a mean or sum (or multiplied by its inverse), with
 * the constant gain and offset that follow; its result is the last of these. Tables that follow from
 * constants alone are constants and no embeddings.
 */
public final class ResultKinds {
  private static final int MOST_AFFINE_STEPS = 2; // a gain and an offset

  private final Graph graph;
  private final Map<String, Node> producers = new HashMap<>();
  private final Map<String, List<Node>> readers = new HashMap<>();

  private ResultKinds(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
      node.inputs().stream()
          .distinct()
          .forEach(name -> readers.computeIfAbsent(name, any -> new ArrayList<>()).add(node));
    }
  }

  /** The kinds of results by the names of the values, in the order of execution. */
  public static Map<String, ResultKind> of(Graph graph) {
    ResultKinds kinds = new ResultKinds(graph);
    Map<String, ResultKind> found = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      kinds.kind(node).ifPresent(kind -> found.put(kinds.result(node, kind), kind));
    }
    return found;
  }

  private Optional<ResultKind> kind(Node node) {
    return switch (node.operator()) {
      case GATHER, GATHER_ND ->
          isTable(node) ? Optional.of(ResultKind.EMBEDDING) : Optional.empty();
      case SOFTMAX, LOG_SOFTMAX -> Optional.of(ResultKind.SOFTMAX);
      case LAYER_NORMALIZATION,
          RMS_NORMALIZATION,
          BATCH_NORMALIZATION,
          INSTANCE_NORMALIZATION,
          GROUP_NORMALIZATION,
          LP_NORMALIZATION,
          SKIP_LAYER_NORMALIZATION ->
          Optional.of(ResultKind.NORMALIZATION);
      case DIV -> normalization(!isConstant(node, 0) && isDeviation(node.inputs().get(1)));
      case MUL -> normalization(isInverse(node.inputs().get(0)) || isInverse(node.inputs().get(1)));
      default -> Optional.empty();
    };
  }

  private static Optional<ResultKind> normalization(boolean is) {
    return is ? Optional.of(ResultKind.NORMALIZATION) : Optional.empty();
  }

  private boolean isTable(Node node) {
    return graph
        .initializer(node.inputs().get(0))
        .filter(table -> !table.type().isInteger() && table.rank() > 1)
        .isPresent();
  }

  private boolean isConstant(Node node, int operand) {
    return graph.initializers().containsKey(node.inputs().get(operand));
  }

  private boolean isDeviation(String value) {
    Node from = producers.get(value);
    if (from == null) {
      return false;
    }
    return switch (from.operator()) {
      case SQRT -> isMoment(from.inputs().get(0));
      case POW -> isConstant(from, 1) && isMoment(from.inputs().get(0));
      case REDUCE_L2 -> true;
      case MAX, CLIP, ADD -> from.inputs().stream().anyMatch(this::isDeviation);
      default -> false;
    };
  }

  private boolean isMoment(String value) {
    Node from = producers.get(value);
    if (from == null) {
      return false;
    }
    return switch (from.operator()) {
      case REDUCE_MEAN, REDUCE_SUM, REDUCE_SUM_SQUARE -> true;
      case ADD, MAX, CLIP, DIV -> from.inputs().stream().anyMatch(this::isMoment);
      default -> false;
    };
  }

  private boolean isInverse(String value) {
    Node from = producers.get(value);
    if (from == null) {
      return false;
    }
    return switch (from.operator()) {
      case RECIPROCAL -> isDeviation(from.inputs().get(0));
      case DIV -> isConstant(from, 0) && isDeviation(from.inputs().get(1));
      case POW -> isConstant(from, 1) && isMoment(from.inputs().get(0));
      default -> false;
    };
  }

  private String result(Node node, ResultKind kind) {
    String value = node.output();
    boolean parts = node.operator() == Operator.DIV || node.operator() == Operator.MUL;
    for (int i = 0; i < MOST_AFFINE_STEPS && parts && kind == ResultKind.NORMALIZATION; i++) {
      Optional<Node> next = affine(value);
      if (next.isEmpty()) {
        return value;
      }
      value = next.get().output();
    }
    return value;
  }

  /** The only reader of a value, if it multiplies by a constant or adds one. */
  private Optional<Node> affine(String value) {
    boolean isOutput = graph.outputs().stream().anyMatch(port -> port.name().equals(value));
    List<Node> all = readers.getOrDefault(value, List.of());
    if (isOutput || all.size() != 1) {
      return Optional.empty();
    }
    Node reader = all.get(0);
    boolean affine = reader.operator() == Operator.MUL || reader.operator() == Operator.ADD;
    return Optional.of(reader)
        .filter(node -> affine && (isConstant(node, 0) || isConstant(node, 1)));
  }
}
