package macroscope.accuracy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import macroscope.onnx.Evaluation;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.Port;
import macroscope.onnx.Products;
import macroscope.onnx.Products.Integers;
import macroscope.onnx.ResultKind;
import macroscope.onnx.ResultKinds;
import macroscope.onnx.Tensor;

/**
 * Runs a network on batches: every product with a weight goes through an {@link Arithmetic}, all else
 * is computed in double precision. Weights enter as the exact values of the file; roots of integers in
 * GELU and attention do not ({@link Roots}).
 *
 * <p>A convolution is a product of its im2col matrix, one row an output pixel, K in the order channel,
 * kernel row, kernel column; each of its groups is a product of its own. A sample's result depends
 * neither on the others of its batch nor on the thread: any number of threads may run one object.
 */
public final class ModelRunner {
  private final Graph graph;
  private final Arithmetic arithmetic;
  private final Map<String, List<MatrixProduct>> products = new HashMap<>();
  private final Map<String, List<IntegerProduct>> integers = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final Map<String, ResultKind> kinds;

  public ModelRunner(Graph original, Arithmetic arithmetic) {
    this.graph = Roots.exact(original);
    this.arithmetic = arithmetic;
    this.kinds = ResultKinds.of(graph);
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      for (String operand : node.inputs()) {
        lastUse.put(operand, i);
      }
      prepare(node);
    }
    graph.outputs().forEach(output -> lastUse.put(output.name(), nodes.size()));
  }

  private void prepare(Node node) {
    boolean linear = LinearNodes.isLinear(graph, node);
    if (!linear && !LinearNodes.isInteger(graph, node)) {
      return;
    }
    int groups = LinearNodes.groups(node);
    for (int group = 0; group < groups; group++) {
      Tensor w = LinearNodes.weight(graph, node, group);
      String name = LayerNames.of(node, group);
      int n = w.shape()[0];
      int k = w.shape()[1];
      if (linear) {
        products
            .computeIfAbsent(node.output(), any -> new ArrayList<>())
            .add(arithmetic.linear(name, w.values(), n, k));
      } else {
        integers
            .computeIfAbsent(node.output(), any -> new ArrayList<>())
            .add(arithmetic.integers(name, new Integers(w.type(), n, k, w.values())));
      }
    }
  }

  /**
   * The network's first output.
   *
   * @param input the only input; the first axis counts samples
   */
  public Tensor run(Tensor input) {
    return run(Map.of(graph.input().name(), input));
  }

  /**
   * The network's first output.
   *
   * @param inputs tensors of all inputs; the first axis of the first counts samples
   */
  public Tensor run(Map<String, Tensor> inputs) {
    return runAll(inputs).get(0);
  }

  /** As {@link #run(Map)}, all outputs in the order of the file. */
  List<Tensor> runAll(Map<String, Tensor> inputs) {
    Map<String, Tensor> values = start(inputs);
    int samples = samples(values);
    Products on = on(samples);
    for (int i = 0; i < graph.nodes().size(); i++) {
      advance(i, values, step(graph.nodes().get(i), values, on, samples));
    }
    return graph.outputs().stream().map(Port::name).map(name -> value(values, name)).toList();
  }

  /** The nodes, in order. */
  List<Node> nodes() {
    return graph.nodes();
  }

  /** The kinds of results besides those of products, by the names of the values. */
  Map<String, ResultKind> kinds() {
    return kinds;
  }

  /** The values before the first node. */
  Map<String, Tensor> start(Map<String, Tensor> inputs) {
    Map<String, Tensor> values = new HashMap<>(graph.initializers());
    values.putAll(inputs);
    return values;
  }

  /** The number of samples of a batch. */
  int samples(Map<String, Tensor> values) {
    Tensor first = value(values, graph.input().name());
    return first.rank() == 0 ? 1 : first.shape()[0];
  }

  /** What the arithmetic does for a batch. */
  Products on(int samples) {
    return new OnArithmetic(samples);
  }

  /** The results of a node. */
  List<Tensor> step(Node node, Map<String, Tensor> values, Products on, int samples) {
    List<Tensor> results = Evaluation.of(graph, node, values, on);
    ResultKind kind = kinds.get(node.output());
    if (kind == null) {
      return results;
    }
    List<Tensor> kept = new ArrayList<>(results);
    kept.set(0, arithmetic.result(kind, results.get(0), samples));
    return kept;
  }

  /** Adds the results of a node to the values and drops what nobody reads any more. */
  void advance(int index, Map<String, Tensor> values, List<Tensor> results) {
    Node node = graph.nodes().get(index);
    for (int r = 0; r < results.size(); r++) {
      values.put(node.outputs().get(r), results.get(r));
    }
    for (String operand : node.inputs()) {
      if (lastUse.getOrDefault(operand, 0) <= index) {
        values.remove(operand);
      }
    }
  }

  private static Tensor value(Map<String, Tensor> values, String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no value for " + name);
    }
    return value;
  }

  /** What the arithmetic does for one batch. */
  private final class OnArithmetic implements Products {
    private final int samples;

    OnArithmetic(int samples) {
      this.samples = samples;
    }

    /** Rows that no number of samples divides are those of one. */
    @Override
    public double[] linear(Node node, int group, double[] x, int rows) {
      List<MatrixProduct> groups = products.get(node.output());
      if (groups == null) {
        throw new IllegalStateException("no weight for " + node.label());
      }
      int rowsPerSample = rows % samples == 0 ? rows / samples : rows;
      return groups.get(group).multiply(x, rows, rowsPerSample);
    }

    @Override
    public double[] activations(Node node, double[] a, int m, double[] b, int n, int k) {
      return arithmetic.activations(node.name(), a, m, b, n, k);
    }

    @Override
    public double[] integers(Node node, int group, Integers x) {
      List<IntegerProduct> groups = integers.get(node.output());
      if (groups == null) {
        throw new IllegalStateException("no weight for " + node.label());
      }
      return groups.get(group).multiply(x);
    }

    @Override
    public double[] integers(Node node, Integers a, Integers b) {
      return arithmetic.integers(node.name(), b).multiply(a);
    }

    @Override
    public double[] softmax(double[] x, int length) {
      return arithmetic.softmax(new Tensor(new int[] {x.length / length, length}, x)).values();
    }
  }
}
