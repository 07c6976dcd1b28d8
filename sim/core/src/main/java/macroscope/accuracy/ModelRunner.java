package macroscope.accuracy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import macroscope.input.InputException;
import macroscope.workload.Axes;
import macroscope.workload.Graph;
import macroscope.workload.LinearLayers;
import macroscope.workload.Node;
import macroscope.workload.Operator;
import macroscope.workload.ShapeInference;
import macroscope.workload.Shapes;
import macroscope.workload.Tensor;
import macroscope.workload.Window;

/**
 * Runs a network on batches: every product with a weight goes through an {@link Arithmetic}, all else
 * is computed in double precision. Weights enter as the exact values of the file; the root of two in
 * GELU does not ({@link Gelu}).
 *
 * <p>A convolution is a product of its im2col matrix, one row an output pixel, K in the order channel,
 * kernel row, kernel column. A sample's result depends neither on the others of its batch nor on the
 * thread: any number of threads may run one object.
 */
public final class ModelRunner {
  private final Graph graph;
  private final Arithmetic arithmetic;
  private final Map<String, MatrixProduct> products = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();

  public ModelRunner(Graph original, Arithmetic arithmetic) {
    this.graph = Gelu.exact(original);
    this.arithmetic = arithmetic;
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      for (String operand : node.inputs()) {
        lastUse.put(operand, i);
      }
      if (LinearLayers.isLinear(graph, node)) {
        products.put(node.output(), product(node));
      }
    }
    lastUse.put(graph.output().name(), nodes.size());
  }

  private MatrixProduct product(Node node) {
    Tensor weight = LinearLayers.weight(graph, node);
    return arithmetic.linear(node.name(), weight.values(), weight.shape()[0], weight.shape()[1]);
  }

  /**
   * The network's first output.
   *
   * @param input the input; the first axis counts samples
   */
  public Tensor run(Tensor input) {
    Shapes shapes = ShapeInference.of(graph, input.shape()[0]);
    Map<String, Tensor> values = new HashMap<>(graph.initializers());
    values.put(graph.input().name(), input);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      List<Tensor> operands = node.inputs().stream().map(name -> value(values, name)).toList();
      values.put(node.output(), execute(node, operands, shapes));
      for (String operand : node.inputs()) {
        if (lastUse.getOrDefault(operand, 0) <= i) {
          values.remove(operand);
        }
      }
    }
    return value(values, graph.output().name());
  }

  private static Tensor value(Map<String, Tensor> values, String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no value for " + name);
    }
    return value;
  }

  private Tensor execute(Node node, List<Tensor> operands, Shapes shapes) {
    Tensor x = operands.get(0);
    int[] shape = shapes.of(node.output());
    return switch (node.operator()) {
      case GEMM -> gemm(node, operands, shape);
      case MATMUL -> matmul(node, x, operands.get(1), shape);
      case CONV -> convolution(node, operands, shape);
      case MAX_POOL -> Images.maxPool(x, Window.of(graph, node, x.shape()), shape);
      case RELU, SQRT, ERF -> Elementwise.unary(node.operator(), x);
      case ADD, SUB, MUL, DIV -> Elementwise.binary(node.operator(), x, operands.get(1), shape);
      case SOFTMAX -> arithmetic.softmax(x);
      case REDUCE_MEAN -> Rows.mean(x, shape);
      case TRANSPOSE -> Rows.transpose(x, Axes.permutation(node, x.rank()), shape);
      case GATHER -> gather(node, x, operands.get(1), shape);
      case FLATTEN, RESHAPE, IDENTITY -> x.reshape(shape);
    };
  }

  private double[] multiply(Node node, double[] x, int rows, int batch) {
    MatrixProduct product = products.get(node.output());
    if (product == null) {
      throw new IllegalStateException("no weight for " + node.label());
    }
    if (rows % batch != 0) {
      throw new InputException(graph.place(node), "the first axis must count the samples");
    }
    return product.multiply(x, rows, rows / batch);
  }

  private Tensor gemm(Node node, List<Tensor> operands, int[] shape) {
    double[] y = multiply(node, operands.get(0).values(), shape[0], shape[0]);
    scale(y, node.attributes().real("alpha", 1));
    Tensor result = new Tensor(shape, y);
    if (operands.size() < 3) {
      return result;
    }
    Tensor bias = operands.get(2);
    double[] scaled = bias.values().clone();
    scale(scaled, node.attributes().real("beta", 1));
    return Elementwise.binary(Operator.ADD, result, new Tensor(bias.shape(), scaled), shape);
  }

  private static void scale(double[] y, double factor) {
    for (int i = 0; factor != 1 && i < y.length; i++) {
      y[i] *= factor;
    }
  }

  private Tensor matmul(Node node, Tensor a, Tensor b, int[] shape) {
    int n = shape[shape.length - 1];
    if (products.containsKey(node.output())) {
      int rows = Tensor.size(shape) / n;
      return new Tensor(shape, multiply(node, a.values(), rows, shape[0]));
    }
    int m = shape[shape.length - 2];
    int k = a.shape()[a.rank() - 1];
    double[] out = new double[Tensor.size(shape)];
    for (int pair = 0; pair < out.length / (m * n); pair++) {
      double[] left = Arrays.copyOfRange(a.values(), pair * m * k, (pair + 1) * m * k);
      double[] right = Arrays.copyOfRange(b.values(), pair * k * n, (pair + 1) * k * n);
      double[] columns = new Tensor(new int[] {k, n}, right).transposed().values();
      double[] product = arithmetic.activations(left, m, columns, n, k);
      System.arraycopy(product, 0, out, pair * m * n, m * n);
    }
    return new Tensor(shape, out);
  }

  private Tensor convolution(Node node, List<Tensor> operands, int[] shape) {
    Tensor x = operands.get(0);
    Window window = Window.of(graph, node, x.shape(), operands.get(1).shape());
    int rows = window.batch() * window.positions();
    double[] y = multiply(node, Images.columns(x.values(), window), rows, window.batch());
    double[] bias = operands.size() < 3 ? new double[0] : operands.get(2).values();
    return new Tensor(shape, Images.fromRows(y, bias, window));
  }

  private Tensor gather(Node node, Tensor table, Tensor indices, int[] shape) {
    int rows = table.shape()[0];
    int width = table.values().length / rows;
    double[] out = new double[Tensor.size(shape)];
    for (int i = 0; i < indices.values().length; i++) {
      int index = (int) indices.values()[i];
      int row = index < 0 ? index + rows : index;
      if (row < 0 || row >= rows) {
        throw new InputException(
            graph.place(node), "indices must be -" + rows + ".." + (rows - 1) + ": " + index);
      }
      System.arraycopy(table.values(), row * width, out, i * width, width);
    }
    return new Tensor(shape, out);
  }
}
