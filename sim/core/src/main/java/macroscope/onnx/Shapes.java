package macroscope.onnx;

import java.util.Map;

/**
 * The shapes of all values of a graph, by name.
 *
 * @param byName length of each axis; arrays are shared, not to be modified
 */
public record Shapes(Map<String, int[]> byName) {

  public Shapes {
    byName = Map.copyOf(byName);
  }

  /** Shape of a value that the graph has. */
  public int[] of(String name) {
    int[] shape = byName.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("the graph has no value of this name: " + name);
    }
    return shape;
  }

  /** Shape of an operand of a node. */
  public int[] operand(Node node, int index) {
    return of(node.inputs().get(index));
  }
}
