package macroscope.workload;

import java.util.Arrays;
import macroscope.input.InputException;

/** Which axes a node works on. */
public final class Axes {
  private Axes() {}

  /** The order of axes of a Transpose; reversed if the node does not say. */
  public static int[] permutation(Node node, int rank) {
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    return node.attributes().integers("perm", reversed);
  }

  /**
   * Shape of a mean over trailing axes, which is the only one supported.
   *
   * @throws InputException if the axes are others
   */
  static int[] reduced(Graph graph, Node node, int[] x) {
    int count = reducedCount(graph, node, x.length);
    boolean keep = node.attributes().integer("keepdims", 1) != 0;
    int[] result = Arrays.copyOf(x, keep ? x.length : x.length - count);
    Arrays.fill(result, Math.min(result.length, x.length - count), result.length, 1);
    return result;
  }

  private static int reducedCount(Graph graph, Node node, int rank) {
    int[] all = new int[rank];
    Arrays.setAll(all, i -> i);
    int[] axes = node.attributes().integers("axes", all);
    if (node.inputs().size() == 2) {
      Tensor given =
          graph
              .initializer(node.inputs().get(1))
              .orElseThrow(
                  () -> new InputException(graph.place(node), "the axes must be an initializer"));
      axes = Arrays.stream(given.values()).mapToInt(v -> (int) v).toArray();
    }
    int[] sorted = Arrays.stream(axes).map(a -> a < 0 ? a + rank : a).sorted().toArray();
    int[] last = Arrays.copyOfRange(all, Math.max(0, rank - sorted.length), rank);
    if (sorted.length == 0 || !Arrays.equals(sorted, last)) {
      throw new InputException(
          graph.place(node), "the mean must run over the last axes: " + Arrays.toString(axes));
    }
    return sorted.length;
  }

  /** The shape that a Reshape asks for: 0 keeps an axis, one -1 takes what is left. */
  static int[] reshaped(String place, int[] x, Tensor target) {
    int[] result = Arrays.stream(target.values()).mapToInt(v -> (int) v).toArray();
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < result.length; axis++) {
      if (result[axis] == 0 && axis < x.length) {
        result[axis] = x[axis];
      }
      if (result[axis] == -1 && open < 0) {
        open = axis;
      } else {
        known *= result[axis];
      }
    }
    long size = Tensor.size(x);
    if (open >= 0 && known > 0 && size % known == 0) {
      result[open] = (int) (size / known);
      known = size;
    }
    if (known != size || Arrays.stream(result).anyMatch(length -> length <= 0)) {
      throw new InputException(
          place,
          Arrays.toString(x)
              + " must have as many elements as the new shape "
              + Arrays.toString(target.values()));
    }
    return result;
  }
}
