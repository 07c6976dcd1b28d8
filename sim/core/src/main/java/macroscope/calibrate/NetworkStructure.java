package macroscope.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.Tensor;

/** How the linear layers of a network hang together. */
final class NetworkStructure {

  /** What passes a positive factor of a channel through, as the channels stay where they are. */
  private static final Set<String> HOMOGENEOUS =
      Set.of(
          "Relu", "MaxPool", "AveragePool", "GlobalAveragePool", "Flatten", "Identity", "Dropout");

  /** Two layers with nothing between but what passes positive factors through. */
  record Pair(String first, String second) {}

  /** One weight of a node; a grouped convolution has one for each group. */
  private record Layer(String name, Node node, int group) {
    boolean whole() {
      return LinearNodes.groups(node) == 1;
    }
  }

  private final Graph graph;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, Node> producers = new LinkedHashMap<>();
  private final Map<String, List<Node>> consumers = new LinkedHashMap<>();

  NetworkStructure(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      producers.put(node.output(), node);
      node.inputs().stream()
          .distinct()
          .forEach(name -> consumers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
      if (LinearNodes.isLinear(graph, node)) {
        add(node);
      }
    }
  }

  /** Names are those that {@link macroscope.accuracy.ModelRunner} gives. */
  private void add(Node node) {
    int groups = LinearNodes.groups(node);
    for (int group = 0; group < groups; group++) {
      String name = groups == 1 ? node.name() : node.name() + "/group" + group;
      layers.put(name, new Layer(name, node, group));
    }
  }

  private String input(Layer layer) {
    return layer.node().inputs().get(1 - LinearNodes.weightOperand(graph, layer.node()));
  }

  /** Names of all linear layers, in the order of execution. */
  List<String> layers() {
    return List.copyOf(layers.keySet());
  }

  private Layer layer(String name) {
    return Optional.ofNullable(layers.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no linear layer " + name));
  }

  /** The weights of a layer, N x K. */
  Tensor weights(String name) {
    return LinearNodes.weight(graph, layer(name).node(), layer(name).group());
  }

  /** The layers that read what a layer reads, itself included, in the order of execution. */
  List<String> siblings(String name) {
    Layer layer = layer(name);
    return layers.values().stream()
        .filter(
            other ->
                other.equals(layer)
                    || layer.whole() && other.whole() && input(other).equals(input(layer)))
        .map(Layer::name)
        .collect(Collectors.toList());
  }

  /** Columns of a layer's weights that belong to one channel of its input: the taps of a kernel. */
  int columnsOfChannel(String name) {
    Node node = layer(name).node();
    if (!node.operator().onnxName().equals("Conv")) {
      return 1;
    }
    int[] shape = graph.initializer(node.inputs().get(1)).map(Tensor::shape).orElse(new int[2]);
    int taps = 1;
    for (int axis = 2; axis < shape.length; axis++) {
      taps *= shape[axis];
    }
    return taps;
  }

  /** Whether a layer reads the result of a normalization with a gain and an offset for each channel. */
  boolean followsNormalization(String name) {
    return producer(input(layer(name))).map(this::normalizes).orElse(false);
  }

  private boolean normalizes(Node node) {
    String type = node.operator().onnxName();
    if (type.endsWith("LayerNormalization")) {
      return true;
    }
    return type.equals("Add")
        && vector(node)
        && operandOf(node, "Mul").map(this::vector).orElse(false);
  }

  /** Whether an operand is a constant with one number a channel. */
  private boolean vector(Node node) {
    return node.inputs().stream()
        .flatMap(operand -> graph.initializer(operand).stream())
        .anyMatch(constant -> constant.rank() == 1 && constant.values().length > 1);
  }

  private Optional<Node> operandOf(Node node, String type) {
    return node.inputs().stream()
        .flatMap(operand -> producer(operand).stream())
        .filter(p -> p.operator().onnxName().equals(type))
        .findFirst();
  }

  private Optional<Node> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** Layers that follow each other so that factors can be moved from one to the next. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Layer first : layers.values()) {
      if (first.whole()) {
        next(first.node().output())
            .ifPresent(second -> pairs.add(new Pair(first.name(), second.name())));
      }
    }
    return pairs;
  }

  private Optional<Layer> next(String value) {
    List<Node> readers = consumers.getOrDefault(value, List.of());
    if (readers.size() != 1 || graph.output().name().equals(value)) {
      return Optional.empty();
    }
    Node reader = readers.get(0);
    Optional<Layer> layer = Optional.ofNullable(layers.get(reader.name()));
    if (LinearNodes.isLinear(graph, reader)) {
      return layer.filter(l -> input(l).equals(value));
    }
    boolean passes =
        HOMOGENEOUS.contains(reader.operator().onnxName())
            || reader.operator().onnxName().equals("Add") && vector(reader);
    return passes ? next(reader.output()) : Optional.empty();
  }

  /** Whether a product of two activations weighs values: its left operand is a softmax. */
  boolean weighsValues(String node) {
    return graph.nodes().stream()
        .filter(n -> n.name().equals(node))
        .flatMap(n -> producer(n.inputs().get(0)).stream())
        .anyMatch(n -> n.operator().onnxName().equals("Softmax"));
  }

  /** Names of the products of two activations. */
  List<String> activationProducts() {
    return graph.nodes().stream()
        .filter(n -> LinearNodes.isActivationProduct(graph, n))
        .map(Node::name)
        .toList();
  }
}
