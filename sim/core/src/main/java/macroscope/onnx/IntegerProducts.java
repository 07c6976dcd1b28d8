package macroscope.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns products of dequantized operands (QDQ) into products of their integers, as hardware computes
 * them: {@code dequantize(a) dequantize(w)} is {@code (a - p)(w - q)} summed exactly, times the product of
 * both scales. That holds where the activations have one scale and the weights one, or one an output
 * channel; other nodes stay as they are.
 */
final class IntegerProducts {
  private static final String SUMS = " sums";
  private static final String SCALES = " scales";
  private static final String PRODUCT = " product";

  private final Graph graph;
  private final Map<String, Node> dequantizers = new HashMap<>();
  private final Map<String, Tensor> constants;
  private final List<Node> nodes = new ArrayList<>();

  private IntegerProducts(Graph graph) {
    this.graph = graph;
    this.constants = new HashMap<>(graph.initializers());
    for (Node node : graph.nodes()) {
      if (node.operator() == Operator.DEQUANTIZE_LINEAR
          && node.attributes().integer("block_size", 0) == 0) {
        dequantizers.put(node.output(), node);
      }
    }
  }

  /** The graph with integer products where they give the same. */
  static Graph of(Graph graph) {
    IntegerProducts rewriting = new IntegerProducts(graph);
    graph.nodes().forEach(rewriting::add);
    return new Graph(
        graph.place(),
        graph.opset(),
        rewriting.nodes,
        rewriting.constants,
        graph.inputs(),
        graph.outputs());
  }

  /** A dequantized operand. */
  private record Dequantized(String codes, Tensor scale, String zeroPoint) {}

  private void add(Node node) {
    boolean product =
        switch (node.operator()) {
          case MATMUL, CONV -> true;
          case GEMM ->
              node.attributes().integer("transA", 0) == 0
                  && node.attributes().real("alpha", 1) == 1
                  && node.attributes().real("beta", 1) == 1;
          default -> false;
        };
    Optional<Dequantized> x = product ? operand(node, 0) : Optional.empty();
    Optional<Dequantized> w = product ? weight(node) : Optional.empty();
    if (x.isPresent() && x.get().scale().values().length == 1 && w.isPresent()) {
      rewrite(node, x.get(), w.get());
    } else {
      nodes.add(node);
    }
  }

  private Optional<Dequantized> operand(Node node, int index) {
    Node from = dequantizers.get(node.inputs().get(index));
    if (from == null) {
      return Optional.empty();
    }
    Optional<Tensor> scale = graph.initializer(from.inputs().get(1));
    String zeroPoint = from.inputs().size() > 2 ? from.inputs().get(2) : "";
    return scale.map(s -> new Dequantized(from.inputs().get(0), s, zeroPoint));
  }

  /** The weight, if it is a constant of 8 bits with one scale, or one an output channel. */
  private Optional<Dequantized> weight(Node node) {
    return operand(node, 1)
        .filter(
            w -> {
              Optional<Tensor> codes = graph.initializer(w.codes());
              if (codes.isEmpty() || codes.get().type().bits() != 8) {
                return false;
              }
              int[] shape = codes.get().shape();
              boolean conv = node.operator() == Operator.CONV;
              int outputs = conv || turned(node) ? 0 : shape.length - 1;
              Node from = dequantizers.get(node.inputs().get(1));
              int axis = from == null ? 1 : from.attributes().integer("axis", 1);
              boolean byChannel = Math.floorMod(axis, shape.length) == outputs;
              boolean matrix = conv || shape.length == 2;
              return matrix && (w.scale().values().length == 1 || byChannel);
            });
  }

  private static boolean turned(Node node) {
    return node.operator() == Operator.GEMM && node.attributes().integer("transB", 0) != 0;
  }

  private void rewrite(Node node, Dequantized x, Dequantized w) {
    boolean conv = node.operator() == Operator.CONV;
    Tensor codes = graph.initializer(w.codes()).orElseThrow();
    int rank = codes.rank();
    String weight = w.codes();
    if (turned(node)) {
      weight = node.output() + " weight";
      constants.put(weight, codes.transposed());
    }
    List<String> operands = List.of(x.codes(), weight, x.zeroPoint(), w.zeroPoint());
    Operator operator = conv ? Operator.CONV_INTEGER : Operator.MATMUL_INTEGER;
    String sums = node.output() + SUMS;
    String scales = node.output() + SCALES;
    boolean bias = node.inputs().size() > 2;
    String product = bias ? node.output() + PRODUCT : node.output();
    constants.put(scales, scales(x.scale(), w.scale(), conv ? rank - 2 : 0));
    nodes.add(new Node(node.name(), operator, operands, sums, node.attributes()));
    String cast = sums + " as reals";
    nodes.add(
        new Node(
            node.name() + cast, Operator.CAST_LIKE, List.of(sums, scales), cast, Attributes.NONE));
    nodes.add(
        new Node(
            node.name() + SCALES, Operator.MUL, List.of(cast, scales), product, Attributes.NONE));
    if (bias) {
      addBias(node, product, conv ? rank - 2 : 0);
    }
  }

  /** Scales of output channels, followed by as many axes as images have. */
  private static Tensor scales(Tensor x, Tensor w, int imageAxes) {
    double[] scales = Unary.map(w.values(), s -> s * x.values()[0]);
    int[] shape = new int[1 + imageAxes];
    Arrays.fill(shape, 1);
    shape[0] = scales.length;
    return new Tensor(shape, scales);
  }

  private void addBias(Node node, String product, int imageAxes) {
    String bias = node.inputs().get(2);
    if (imageAxes > 0) {
      String shape = node.output() + " bias shape";
      int[] axes = new int[1 + imageAxes];
      Arrays.fill(axes, 1);
      axes[0] = -1;
      constants.put(shape, Tensor.ofIntegers(axes));
      String reshaped = node.output() + " bias";
      nodes.add(
          new Node(reshaped, Operator.RESHAPE, List.of(bias, shape), reshaped, Attributes.NONE));
      bias = reshaped;
    }
    nodes.add(
        new Node(
            node.name() + " bias",
            Operator.ADD,
            List.of(product, bias),
            node.output(),
            Attributes.NONE));
  }
}
