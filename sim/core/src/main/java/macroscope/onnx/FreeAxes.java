package macroscope.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import macroscope.hardware.Widths;
import macroscope.input.InputException;

/**
 * Lengths of the axes that a network leaves open.
 *
 * @param batch of the first axis of every input
 * @param length of all other open axes that {@code named} does not have: tokens of a sequence
 * @param named by the name of the axis in the file, or {@code input[1]}
 */
public record FreeAxes(int batch, Optional<Integer> length, Map<String, Integer> named) {

  private static final int MOST = 1 << 24;

  public FreeAxes {
    Widths.inRange("batch", batch, 1, 1 << 16);
    length.ifPresent(tokens -> Widths.inRange("length", tokens, 1, MOST));
    named.forEach((axis, value) -> Widths.inRange("axis " + axis, value, 1, MOST));
    named = Map.copyOf(named);
  }

  /**
   * The shape of each input.
   *
   * @throws InputException if an axis stays open, or a name is none of an open axis
   */
  public Map<String, int[]> shapes(Graph graph) {
    requireKnown(graph);
    Map<String, int[]> shapes = new HashMap<>();
    Set<String> open = new LinkedHashSet<>();
    for (Port port : graph.inputs()) {
      shapes.put(port.name(), shape(port, open));
    }
    if (!open.isEmpty()) {
      throw new InputException(
          graph.place(),
          "leaves axes open: give --length N, or --axis NAME=N of each of " + text(open));
    }
    return shapes;
  }

  private int[] shape(Port port, Set<String> open) {
    int[] shape = port.shape(batch);
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == Port.FREE) {
        shape[i] = named.getOrDefault(port.axis(i), length.orElse(Port.FREE));
      }
      if (shape[i] == Port.FREE) {
        open.add(port.axis(i));
      }
    }
    return shape;
  }

  private void requireKnown(Graph graph) {
    Set<String> known = new LinkedHashSet<>();
    for (Port port : graph.inputs()) {
      int[] batched = port.shape(batch);
      for (int i = 0; i < batched.length; i++) {
        if (batched[i] == Port.FREE) {
          known.add(port.axis(i));
        }
      }
    }
    Set<String> unknown = new HashSet<>(named.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new InputException(
          "--axis",
          "must name an open axis but the batch, which are " + text(known) + ": " + text(unknown));
    }
  }

  private static String text(Set<String> names) {
    return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
  }
}
