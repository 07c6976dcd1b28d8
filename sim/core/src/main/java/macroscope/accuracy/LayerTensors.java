package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The weights of a linear layer and its inputs in the float run, to make products of any K from.
 *
 * @param layer name of the node
 * @param weights outputs x width, row-major
 * @param inputs tokens x width, row-major
 * @param width K of the layer
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerTensors(String layer, double[] weights, double[] inputs, int width) {

  /**
   * Some layers of a network.
   *
   * @param data what the inputs come from
   * @throws IllegalArgumentException if the network has no layer of a name, with the names
   */
  public static Map<String, LayerTensors> capture(
      Model model, Dataset data, Set<String> layers, Progress progress) {
    Capture capture = new Capture(layers);
    LayerProbe.run(model, data, capture, progress);
    return capture.tensors();
  }

  /** A layer whose inputs are still to come. */
  private record Open(double[] weights, int width, List<double[]> inputs) {
    LayerTensors close(String layer) {
      double[] x = inputs.stream().flatMapToDouble(Arrays::stream).toArray();
      return new LayerTensors(layer, weights, x, width);
    }
  }

  private static final class Capture implements LayerProbe.Watcher {
    private final Set<String> wanted;
    private final Set<String> seen = new TreeSet<>();
    private final Map<String, Open> open = new TreeMap<>();

    Capture(Set<String> wanted) {
      this.wanted = wanted;
    }

    @Override
    public void weights(String layer, double[] w, int n, int k) {
      seen.add(layer);
      if (wanted.contains(layer)) {
        open.put(layer, new Open(w, k, new ArrayList<>()));
      }
    }

    @Override
    public void inputs(String layer, double[] x, int rows, int k) {
      Open of = open.get(layer);
      if (of != null) {
        of.inputs.add(x.clone());
      }
    }

    Map<String, LayerTensors> tensors() {
      for (String layer : new TreeSet<>(wanted)) {
        if (!seen.contains(layer)) {
          throw new IllegalArgumentException(
              "layer must be one of " + String.join(", ", seen) + ": " + layer);
        }
      }
      Map<String, LayerTensors> tensors = new TreeMap<>();
      open.forEach((layer, one) -> tensors.put(layer, one.close(layer)));
      return tensors;
    }
  }

  private int outputs() {
    return weights.length / width;
  }

  private int tokens() {
    return inputs.length / width;
  }

  /**
   * Inputs times weights. Up to the layer's own K, its leading part is multiplied. Beyond it, tokens
   * that follow each other are joined to one row, and output channels to one column, so that each
   * result is a sum of dot products that the layer computes: part p of column j is output channel (j +
   * p) mod outputs.
   *
   * @throws IllegalArgumentException if there are too few tokens, or the depth is beyond the width and
   *     no multiple of it
   */
  public RealOperands product(int rows, int columns, int depth) {
    if (depth > width && depth % width != 0) {
      throw new IllegalArgumentException(
          "K beyond that of " + layer + " must be a multiple of " + width + ": " + depth);
    }
    int parts = Math.max(1, depth / width);
    int part = Math.min(depth, width);
    require("tokens", tokens(), (long) rows * parts);
    double[] a = new double[rows * depth];
    double[] b = new double[columns * depth];
    for (int p = 0; p < parts; p++) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(inputs, (i * parts + p) * width, a, i * depth + p * part, part);
      }
      for (int j = 0; j < columns; j++) {
        int channel = (j + p) % outputs();
        System.arraycopy(weights, channel * width, b, j * depth + p * part, part);
      }
    }
    return new RealOperands(rows, columns, depth, a, b, origin(depth));
  }

  private String origin(int depth) {
    if (depth == width) {
      return "real";
    }
    return depth < width ? "leading columns of real rows" : "real rows joined";
  }

  /**
   * Second moments of the inputs, {@code X^T X} over {@code depth} tokens, as weight gradients and
   * Hessians of quantization (GPTQ) sum over tokens: K is a number of tokens. Rows and columns are the
   * first features.
   *
   * @throws IllegalArgumentException if there are too few features or tokens
   */
  public RealOperands moments(int rows, int columns, int depth) {
    require("tokens", tokens(), depth);
    require("features", width, Math.max(rows, columns));
    return new RealOperands(
        rows, columns, depth, features(rows, depth), features(columns, depth), "real");
  }

  private double[] features(int count, int depth) {
    double[] rows = new double[count * depth];
    for (int feature = 0; feature < count; feature++) {
      for (int token = 0; token < depth; token++) {
        rows[feature * depth + token] = inputs[token * width + feature];
      }
    }
    return rows;
  }

  private void require(String what, int there, long wanted) {
    if (there < wanted) {
      throw new IllegalArgumentException(
          layer + ": " + what + " must number at least " + wanted + ": " + there);
    }
  }
}
