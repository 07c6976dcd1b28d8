package macroscope.workload;

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
import java.util.Arrays;
import java.util.List;

/** Writes small ONNX files for the tests. */
public final class OnnxBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private int opset = 13;

  /** An input; a negative length leaves the axis free. */
  public OnnxBuilder input(String name, int... shape) {
    graph.addInput(value(name, shape));
    return this;
  }

  public OnnxBuilder output(String name, int... shape) {
    graph.addOutput(value(name, shape));
    return this;
  }

  public OnnxBuilder opset(int version) {
    opset = version;
    return this;
  }

  private static ValueInfoProto value(String name, int... shape) {
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
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE).setShape(axes).build();
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

  /** A node named after its output; attributes as name, value, name, value. */
  public OnnxBuilder node(String type, List<String> inputs, String output, Object... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output);
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
    attribute.setType(AttributeProto.AttributeType.INTS);
    Arrays.stream((int[]) value).forEach(attribute::addInts);
    return attribute.build();
  }

  public byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
