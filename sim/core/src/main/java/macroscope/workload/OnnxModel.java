package macroscope.workload;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import macroscope.input.InputException;

/**
 * Reads a network from an ONNX file.
 *
 * <p>All that could go wrong later is looked for here: an operator that is not in {@link Operator}, a
 * name that nothing defines, shapes that do not fit. Each is an {@link InputException} that names the
 * file and the node.
 */
public final class OnnxModel {
  private static final int FIRST_OPSET = 7; // numpy broadcasting everywhere

  private final String place;
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final Set<String> defined = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();

  private OnnxModel(String place) {
    this.place = place;
  }

  /** The network in a file. */
  public static Graph read(Path file) {
    try {
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file.toString(), "an ONNX file that can be read is needed", e);
    }
  }

  /**
   * The network in the bytes of a file.
   *
   * @param place how messages name the file
   */
  public static Graph read(String place, byte[] bytes) {
    try {
      Graph graph = new OnnxModel(place).graph(ModelProto.parseFrom(bytes));
      ShapeInference.of(graph, 1);
      return graph;
    } catch (InvalidProtocolBufferException e) {
      throw new InputException(place, "not an ONNX file, or cut short: " + e.getMessage(), e);
    }
  }

  private Graph graph(ModelProto model) {
    int opset = opset(model);
    GraphProto proto = model.getGraph();
    for (TensorProto tensor : proto.getInitializerList()) {
      define(place, tensor.getName());
      initializers.put(tensor.getName(), OnnxTensors.read(place, tensor));
    }
    List<Port> inputs = inputs(proto);
    proto.getNodeList().forEach(this::requireSupported);
    proto.getNodeList().forEach(this::add);
    return new Graph(place, opset, nodes, initializers, inputs, outputs(proto));
  }

  private int opset(ModelProto model) {
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new InputException(place, "not an ONNX file: it holds no graph");
    }
    int opset =
        model.getOpsetImportList().stream()
            .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
            .mapToInt(o -> Math.toIntExact(o.getVersion()))
            .max()
            .orElseThrow(() -> new InputException(place, "the operator set must be stated"));
    if (opset < FIRST_OPSET) {
      throw new InputException(
          place, "the operator set must be " + FIRST_OPSET + " or later: " + opset);
    }
    return opset;
  }

  private List<Port> inputs(GraphProto proto) {
    List<Port> inputs = new ArrayList<>();
    for (ValueInfoProto input : proto.getInputList()) {
      if (!initializers.containsKey(input.getName())) {
        define(place, input.getName());
        inputs.add(port(input));
      }
    }
    if (inputs.size() != 1) {
      throw new InputException(place, "a network must have one input: " + inputs.size());
    }
    return inputs;
  }

  private List<Port> outputs(GraphProto proto) {
    List<Port> outputs = proto.getOutputList().stream().map(this::port).toList();
    if (outputs.isEmpty()) {
      throw new InputException(place, "a network must have an output");
    }
    for (Port output : outputs) {
      if (!defined.contains(output.name())) {
        throw new InputException(place, "nothing computes the output " + output.name());
      }
    }
    return outputs;
  }

  private Port port(ValueInfoProto info) {
    List<Dimension> axes = info.getType().getTensorType().getShape().getDimList();
    int[] shape =
        axes.stream().mapToInt(d -> d.hasDimValue() ? (int) d.getDimValue() : Port.FREE).toArray();
    boolean batchFirst = shape.length > 0 && (shape[0] == Port.FREE || shape[0] == 1);
    boolean othersFixed = axes.stream().skip(1).allMatch(d -> d.getDimValue() > 0);
    if (!batchFirst || !othersFixed) {
      throw new InputException(
          place,
          "the first axis of "
              + info.getName()
              + " must be the batch (free or 1) and the others fixed: "
              + axes.stream().map(OnnxModel::text).toList());
    }
    return new Port(info.getName(), shape);
  }

  private static String text(Dimension axis) {
    return axis.hasDimValue() ? Long.toString(axis.getDimValue()) : axis.getDimParam();
  }

  private void requireSupported(NodeProto node) {
    boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    String type = node.getOpType();
    if (!standard || !(type.equals("Constant") || Operator.byOnnxName(type).isPresent())) {
      String name = standard ? type : node.getDomain() + "." + type;
      throw new InputException(place(node), "operator " + name + " is not supported");
    }
  }

  private void add(NodeProto proto) {
    if (proto.getOutputCount() != 1) {
      throw new InputException(
          place(proto), "a node must have one output: " + proto.getOutputList());
    }
    String output = proto.getOutput(0);
    if (proto.getOpType().equals("Constant")) {
      initializers.put(output, OnnxTensors.constant(place(proto), proto));
    } else {
      Operator operator = Operator.byOnnxName(proto.getOpType()).orElseThrow();
      Attributes attributes = OnnxTensors.attributes(place(proto), proto);
      nodes.add(new Node(name(proto), operator, operands(proto, operator), output, attributes));
    }
    define(place(proto), output); // last, so that a node cannot read its own result
  }

  private List<String> operands(NodeProto proto, Operator operator) {
    List<String> names = new ArrayList<>(proto.getInputList());
    while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1); // an optional operand that is left out
    }
    if (!operator.takes(names.size())) {
      throw new InputException(place(proto), "wrong number of operands: " + names);
    }
    for (String name : names) {
      if (!defined.contains(name)) {
        throw new InputException(
            place(proto), "operand '" + name + "' is no initializer, input or earlier result");
      }
    }
    return names;
  }

  private void define(String where, String name) {
    if (!defined.add(name)) {
      throw new InputException(where, "the name '" + name + "' is defined twice");
    }
  }

  private static String name(NodeProto node) {
    return node.getName().isEmpty() ? String.join(",", node.getOutputList()) : node.getName();
  }

  private String place(NodeProto node) {
    return place + ", node " + name(node) + " (" + node.getOpType() + ")";
  }
}
