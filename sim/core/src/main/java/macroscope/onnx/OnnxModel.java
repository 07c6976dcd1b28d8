package macroscope.onnx;

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
import java.util.Optional;
import java.util.Set;
import macroscope.input.InputException;

/**
 * Reads a network from an ONNX file.
 *
 * <p>All that could go wrong later is looked for here: an operator that is not in {@link Operator}, a
 * name that nothing defines, shapes that do not fit. Each is an {@link InputException} that names the
 * file and the node. Where the file leaves axes open besides the batch, shapes are looked at when the data
 * are known.
 */
public final class OnnxModel {
  private static final int FIRST_OPSET = 7; // numpy broadcasting everywhere

  private final String place;
  private final OnnxTensors tensors;
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final Set<String> defined = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();

  private OnnxModel(String place, Optional<Path> folder) {
    this.place = place;
    this.tensors = new OnnxTensors(folder);
  }

  /** The network in a file; data of tensors may lie in files beside it. */
  public static Graph read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Path folder = file.toAbsolutePath().getParent();
      return read(file.toString(), bytes, Optional.ofNullable(folder));
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
    return read(place, bytes, Optional.empty());
  }

  private static Graph read(String place, byte[] bytes, Optional<Path> folder) {
    try {
      Graph read = new OnnxModel(place, folder).graph(ModelProto.parseFrom(bytes));
      Graph graph = ConstantFolding.of(IntegerProducts.of(read));
      if (graph.inputs().stream().allMatch(Port::isFixed)) {
        ShapeInference.of(graph, 1);
      }
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
      initializers.put(tensor.getName(), tensors.read(place, tensor));
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
            .filter(o -> isStandard(o.getDomain()))
            .mapToInt(o -> Math.toIntExact(o.getVersion()))
            .max()
            .orElseThrow(() -> new InputException(place, "the operator set must be stated"));
    if (opset < FIRST_OPSET) {
      throw new InputException(
          place, "the operator set must be " + FIRST_OPSET + " or later: " + opset);
    }
    return opset;
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private List<Port> inputs(GraphProto proto) {
    List<Port> inputs = new ArrayList<>();
    for (ValueInfoProto input : proto.getInputList()) {
      if (!initializers.containsKey(input.getName())) {
        define(place, input.getName());
        Port port = port(input);
        if (inputs.isEmpty()) {
          requireBatchFirst(input, port);
        }
        inputs.add(port);
      }
    }
    if (inputs.isEmpty()) {
      throw new InputException(place, "a network must have an input");
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

  private void requireBatchFirst(ValueInfoProto info, Port port) {
    boolean first =
        port.shape().length > 0 && (port.shape()[0] == Port.FREE || port.shape()[0] == 1);
    if (!first) {
      throw new InputException(
          place,
          "the first axis of "
              + port.name()
              + " must be the batch (free or 1): "
              + axes(info).stream().map(OnnxModel::text).toList());
    }
  }

  private static List<Dimension> axes(ValueInfoProto info) {
    return info.getType().getTensorType().getShape().getDimList();
  }

  /** An output may say nothing of its type and shape; then any is right. */
  private Port port(ValueInfoProto info) {
    int number = info.getType().getTensorType().getElemType();
    ElementType type =
        number == 0
            ? ElementType.FLOAT
            : ElementType.byNumber(number)
                .orElseThrow(
                    () ->
                        new InputException(
                            place,
                            info.getName()
                                + " must be a tensor of numbers: element type "
                                + number));
    int[] shape = axes(info).stream().mapToInt(OnnxModel::length).toArray();
    List<String> names = axes(info).stream().map(Dimension::getDimParam).toList();
    return new Port(info.getName(), type, shape, names);
  }

  private static int length(Dimension axis) {
    boolean known = axis.hasDimValue() && axis.getDimValue() > 0;
    return known ? (int) Math.min(Integer.MAX_VALUE, axis.getDimValue()) : Port.FREE;
  }

  private static String text(Dimension axis) {
    return axis.hasDimValue() ? Long.toString(axis.getDimValue()) : axis.getDimParam();
  }

  private static String operatorName(NodeProto node) {
    return isStandard(node.getDomain())
        ? node.getOpType()
        : node.getDomain() + "." + node.getOpType();
  }

  private void requireSupported(NodeProto node) {
    String name = operatorName(node);
    if (!(name.equals("Constant") || Operator.byOnnxName(name).isPresent())) {
      throw new InputException(place(node), "operator " + name + " is not supported");
    }
  }

  private void add(NodeProto proto) {
    if (proto.getOutputCount() == 0) {
      throw new InputException(place(proto), "a node must have an output");
    }
    OnnxAttributes attributes = new OnnxAttributes(tensors);
    if (proto.getOpType().equals("Constant")) {
      initializers.put(proto.getOutput(0), attributes.constant(place(proto), proto));
    } else {
      Operator operator = Operator.byOnnxName(operatorName(proto)).orElseThrow();
      List<String> inputs = operands(proto, operator);
      List<String> outputs = List.copyOf(proto.getOutputList());
      nodes.add(
          new Node(name(proto), operator, inputs, outputs, attributes.read(place(proto), proto)));
    }
    // last, so that a node cannot read its own result
    proto.getOutputList().stream()
        .filter(name -> !name.isEmpty())
        .forEach(name -> define(place(proto), name));
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
      if (!name.isEmpty() && !defined.contains(name)) {
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
