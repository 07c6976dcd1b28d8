package macroscope.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import macroscope.onnx.Graph;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.ShapeInference;
import macroscope.onnx.Shapes;
import macroscope.onnx.Tensor;

/** The matrix products of a network, in order of execution. */
public final class LinearLayers {
  private LinearLayers() {}

  /** The products with weights, first and last layer included, for {@code batch} samples. */
  public static List<LinearLayer> of(Graph graph, int batch) {
    return of(graph, ShapeInference.of(graph, batch));
  }

  /** As {@link #of(Graph, int)}, for values of these shapes; each group of a convolution is one. */
  public static List<LinearLayer> of(Graph graph, Shapes shapes) {
    List<LinearLayer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (LinearNodes.isLinear(graph, node) || LinearNodes.isInteger(graph, node)) {
        int[] mnk = LinearNodes.dimensions(graph, node, shapes);
        String weight = node.inputs().get(LinearNodes.weightOperand(graph, node));
        LinearLayer layer = new LinearLayer(node.name(), weight, new Gemm(mnk[0], mnk[1], mnk[2]));
        layers.addAll(Collections.nCopies(LinearNodes.groups(node), layer));
      }
    }
    return layers;
  }

  /** The products of two activations (attention), one entry a matrix pair, for {@code batch} samples. */
  public static List<Gemm> ofActivations(Graph graph, int batch) {
    return ofActivations(graph, ShapeInference.of(graph, batch));
  }

  /** As {@link #ofActivations(Graph, int)}, for values of these shapes. */
  public static List<Gemm> ofActivations(Graph graph, Shapes shapes) {
    return namedOfActivations(graph, shapes).stream()
        .flatMap(layer -> Collections.nCopies(layer.matrices(), layer.gemm()).stream())
        .toList();
  }

  /** The same by node, for values of these shapes. */
  public static List<ProductLayer> namedOfActivations(Graph graph, Shapes shapes) {
    List<ProductLayer> products = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (LinearNodes.isActivationProduct(graph, node)) {
        int[] y = shapes.of(node.output());
        int[] x = shapes.operand(node, 0);
        int m = y.length < 2 ? 1 : y[y.length - 2];
        int n = y.length < 1 ? 1 : y[y.length - 1];
        Gemm pair = new Gemm(m, n, x[x.length - 1]);
        int matrices = Tensor.size(y) / (m * n);
        if (matrices > 0) {
          products.add(new ProductLayer(node.name(), pair, matrices, false, Optional.empty()));
        }
      }
    }
    return products;
  }
}
