package macroscope.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a node.
 *
 * @param integers attributes of type INT and INTS
 * @param reals attributes of type FLOAT
 * @param texts attributes of type STRING
 * @param tensors attributes of type TENSOR
 */
public record Attributes(
    Map<String, List<Integer>> integers,
    Map<String, Double> reals,
    Map<String, String> texts,
    Map<String, Tensor> tensors) {

  /** Of a node that has none. */
  public static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of(), Map.of());

  public Attributes {
    integers = Map.copyOf(integers);
    reals = Map.copyOf(reals);
    texts = Map.copyOf(texts);
    tensors = Map.copyOf(tensors);
  }

  public boolean has(String name) {
    return integers.containsKey(name)
        || reals.containsKey(name)
        || texts.containsKey(name)
        || tensors.containsKey(name);
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

  public Optional<Tensor> tensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }
}
