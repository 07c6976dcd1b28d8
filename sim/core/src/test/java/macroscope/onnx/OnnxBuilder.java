package macroscope.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes small ONNX files for the tests. */
public final class OnnxBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private int opset = 13;

  /** An input; a negative length leaves the axis free. */
  public OnnxBuilder input(String name, int... shape) {
    return input(ElementType.FLOAT, name, shape);
  }

  /** An input of a type. */
  public OnnxBuilder input(ElementType type, String name, int... shape) {
    graph.addInput(value(type, name, shape));
    return this;
  }

  public OnnxBuilder output(String name, int... shape) {
    return output(ElementType.FLOAT, name, shape);
  }

  /** An output of a type. */
  public OnnxBuilder output(ElementType type, String name, int... shape) {
    graph.addOutput(value(type, name, shape));
    return this;
  }

  public OnnxBuilder opset(int version) {
    opset = version;
    return this;
  }

  private static ValueInfoProto value(ElementType elements, String name, int... shape) {
    TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
    for (int length : shape) {
      var axis = axes.addDimBuilder();
      if (length < 0) {
        axis.setDimParam("free" + axes.getDimCount());
      } else {
        axis.setDimValue(length);
      }
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(number(elements)).setShape(axes).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  public OnnxBuilder floats(String name, int[] shape, double... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT_VALUE);
    Arrays.stream(shape).forEach(tensor::addDims);
    Arrays.stream(values).forEach(v -> tensor.addFloatData((float) v));
    graph.addInitializer(tensor);
    return this;
  }

  public OnnxBuilder integers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.INT64_VALUE);
    tensor.addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return this;
  }

  private static int number(ElementType type) {
    return IntStream.range(0, 64)
        .filter(n -> ElementType.byNumber(n).filter(type::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }

  /** An initializer of an integer type of at most 32 bits, or of booleans. */
  public OnnxBuilder codes(ElementType type, String name, int[] shape, int... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(number(type));
    Arrays.stream(shape).forEach(tensor::addDims);
    Arrays.stream(values).forEach(tensor::addInt32Data);
    graph.addInitializer(tensor);
    return this;
  }

  /** An integer without axes. */
  public OnnxBuilder integer(String name, long value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64_VALUE)
            .addInt64Data(value));
    return this;
  }

  /** A node named after its output; attributes as name, value, name, value. */
  public OnnxBuilder node(String type, List<String> inputs, String output, Object... attributes) {
    return node(type, inputs, List.of(output), attributes);
  }

  /** A node of a type in a domain (before the last dot), named after its first output. */
  public OnnxBuilder node(
      String type, List<String> inputs, List<String> outputs, Object... attributes) {
    int dot = type.lastIndexOf('.');
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setDomain(dot < 0 ? "" : type.substring(0, dot))
            .setOpType(type.substring(dot + 1))
            .setName(outputs.get(0))
            .addAllInput(inputs)
            .addAllOutput(outputs);
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    graph.addNode(node);
    return this;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer integer) {
      return attribute.setType(AttributeProto.AttributeType.INT).setI(integer).build();
    }
    if (value instanceof Float real) {
      return attribute.setType(AttributeProto.AttributeType.FLOAT).setF(real).build();
    }
    if (value instanceof String text) {
      return attribute
          .setType(AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(text))
          .build();
    }
    if (value instanceof double[] values) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE).addDims(values.length);
      Arrays.stream(values).forEach(v -> tensor.addFloatData((float) v));
      return attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor).build();
    }
    attribute.setType(AttributeProto.AttributeType.INTS);
    Arrays.stream((int[]) value).forEach(attribute::addInts);
    return attribute.build();
  }

  /** Makes outputs of the results of the last node, without saying what they are. */
  public OnnxBuilder outputsOfLastNode() {
    for (String output : graph.getNode(graph.getNodeCount() - 1).getOutputList()) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    return this;
  }

  public byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(opset > 15 ? 10 : 7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
