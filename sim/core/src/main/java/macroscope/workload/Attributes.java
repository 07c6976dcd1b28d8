package macroscope.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The attributes of a node.
 *
 * @param integers attributes of type INT and INTS
 * @param reals attributes of type FLOAT
 * @param texts attributes of type STRING
 */
public record Attributes(
    Map<String, List<Integer>> integers, Map<String, Double> reals, Map<String, String> texts) {

  public Attributes {
    integers = Map.copyOf(integers);
    reals = Map.copyOf(reals);
    texts = Map.copyOf(texts);
  }

  public boolean has(String name) {
    return integers.containsKey(name) || reals.containsKey(name) || texts.containsKey(name);
  }

  /** An integer, or what ONNX says it is when absent. */
  public int integer(String name, int otherwise) {
    List<Integer> values = integers.get(name);
    return values == null || values.isEmpty() ? otherwise : values.get(0);
  }

  /** A list of integers, or what ONNX says it is when absent. */
  public int[] integers(String name, int... otherwise) {
    List<Integer> values = integers.get(name);
    return values == null
        ? Arrays.copyOf(otherwise, otherwise.length)
        : values.stream().mapToInt(Integer::intValue).toArray();
  }

  public double real(String name, double otherwise) {
    return reals.getOrDefault(name, otherwise);
  }

  public String text(String name, String otherwise) {
    return texts.getOrDefault(name, otherwise);
  }
}
