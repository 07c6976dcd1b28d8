package macroscope.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import macroscope.input.InputException;

/** Reads the attributes of a node. */
final class OnnxAttributes {
  /** Attributes that may name the end of an axis by the largest integer. */
  private static final Set<String> BOUNDED = Set.of("starts", "ends", "start", "end");

  private final OnnxTensors tensors;

  OnnxAttributes(OnnxTensors tensors) {
    this.tensors = tensors;
  }

  /** What a Constant node gives. */
  Tensor constant(String place, NodeProto node) {
    for (AttributeProto a : node.getAttributeList()) {
      switch (a.getName()) {
        case "value" -> {
          return tensors.read(place, a.getT());
        }
        case "value_float" -> {
          return new Tensor(new int[0], new double[] {a.getF()});
        }
        case "value_floats" -> {
          double[] values = a.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
          return new Tensor(new int[] {values.length}, values);
        }
        case "value_int" -> {
          return new Tensor(ElementType.INT64, new int[0], new double[] {a.getI()});
        }
        case "value_ints" -> {
          double[] values = a.getIntsList().stream().mapToDouble(Long::doubleValue).toArray();
          return new Tensor(ElementType.INT64, new int[] {values.length}, values);
        }
        default -> throw new InputException(place, "a constant must be numbers: " + a.getName());
      }
    }
    throw new InputException(place, "a constant must have the attribute value");
  }

  Attributes read(String place, NodeProto node) {
    Map<String, List<Integer>> integers = new HashMap<>();
    Map<String, Double> reals = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    Map<String, Tensor> values = new HashMap<>();
    for (AttributeProto a : node.getAttributeList()) {
      switch (a.getType()) {
        case INT -> integers.put(a.getName(), List.of(integer(place, a.getName(), a.getI())));
        case INTS ->
            integers.put(
                a.getName(),
                a.getIntsList().stream().map(v -> integer(place, a.getName(), v)).toList());
        case FLOAT -> reals.put(a.getName(), (double) a.getF());
        case STRING -> texts.put(a.getName(), a.getS().toStringUtf8());
        case TENSOR -> values.put(a.getName(), tensors.read(place, a.getT()));
        default ->
            throw new InputException(
                place, "attribute " + a.getName() + " has the unsupported type " + a.getType());
      }
    }
    return new Attributes(integers, reals, texts, values);
  }

  private static int integer(String place, String name, long value) {
    if ((int) value == value) {
      return (int) value;
    }
    if (BOUNDED.contains(name)) {
      return value > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE + 1;
    }
    throw new InputException(place, "attribute " + name + " must fit 32 bits: " + value);
  }
}
