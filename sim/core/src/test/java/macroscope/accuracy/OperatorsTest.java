package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.onnx.ElementType;
import macroscope.onnx.Graph;
import macroscope.onnx.OnnxBuilder;
import macroscope.onnx.OnnxModel;
import macroscope.onnx.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each operator, in the forms of several operator sets, against ONNX Runtime 1.29.0. */
class OperatorsTest {

  private static double[] ramp(int size) {
    return IntStream.range(0, size)
        .mapToDouble(i -> (float) StrictMath.sin(1.7 * i + 0.3))
        .toArray();
  }

  private static double[] ramps(int size) {
    return IntStream.range(0, size).mapToDouble(i -> 0.01 * (i + 1)).toArray();
  }

  /** A network of {@code x}, [2, 3, 4]. */
  private static Arguments net(String name, int opset, UnaryOperator<OnnxBuilder> nodes) {
    return Arguments.of(name, opset, new int[] {2, 3, 4}, nodes);
  }

  /** A network of {@code x}, [2, 4, 7, 6]. */
  private static Arguments image(String name, int opset, UnaryOperator<OnnxBuilder> nodes) {
    return Arguments.of(name, opset, new int[] {2, 4, 7, 6}, nodes);
  }

  static Stream<Arguments> operators() {
    return Stream.of(
        net("Relu", 18, b -> b.node("Relu", List.of("x"), "y")),
        net(
            "LeakyRelu alpha, 0.3f",
            18,
            b -> b.node("LeakyRelu", List.of("x"), "y", "alpha", 0.3f)),
        net("Elu alpha, 0.7f", 18, b -> b.node("Elu", List.of("x"), "y", "alpha", 0.7f)),
        net("Celu alpha, 0.6f", 18, b -> b.node("Celu", List.of("x"), "y", "alpha", 0.6f)),
        net("Selu", 18, b -> b.node("Selu", List.of("x"), "y")),
        net(
            "ThresholdedRelu alpha, 0.2f",
            18,
            b -> b.node("ThresholdedRelu", List.of("x"), "y", "alpha", 0.2f)),
        net("Sigmoid", 18, b -> b.node("Sigmoid", List.of("x"), "y")),
        net(
            "HardSigmoid alpha, 0.3f, beta, 0.4f",
            18,
            b -> b.node("HardSigmoid", List.of("x"), "y", "alpha", 0.3f, "beta", 0.4f)),
        net("HardSwish", 18, b -> b.node("HardSwish", List.of("x"), "y")),
        net("Mish", 18, b -> b.node("Mish", List.of("x"), "y")),
        net("Softplus", 18, b -> b.node("Softplus", List.of("x"), "y")),
        net("Softsign", 18, b -> b.node("Softsign", List.of("x"), "y")),
        net("Tanh", 18, b -> b.node("Tanh", List.of("x"), "y")),
        net("Erf", 18, b -> b.node("Erf", List.of("x"), "y")),
        net("Exp", 18, b -> b.node("Exp", List.of("x"), "y")),
        net("Sin", 18, b -> b.node("Sin", List.of("x"), "y")),
        net("Cos", 18, b -> b.node("Cos", List.of("x"), "y")),
        net("Neg", 18, b -> b.node("Neg", List.of("x"), "y")),
        net("Abs", 18, b -> b.node("Abs", List.of("x"), "y")),
        net("Sign", 18, b -> b.node("Sign", List.of("x"), "y")),
        net("Floor", 18, b -> b.node("Floor", List.of("x"), "y")),
        net("Ceil", 18, b -> b.node("Ceil", List.of("x"), "y")),
        net("Round", 18, b -> b.node("Round", List.of("x"), "y")),
        net("Reciprocal", 18, b -> b.node("Reciprocal", List.of("x"), "y")),
        net("Identity", 18, b -> b.node("Identity", List.of("x"), "y")),
        net("Softmax", 18, b -> b.node("Softmax", List.of("x"), "y")),
        net("LogSoftmax", 18, b -> b.node("LogSoftmax", List.of("x"), "y")),
        net("LpNormalization p, 1", 18, b -> b.node("LpNormalization", List.of("x"), "y", "p", 1)),
        net("LpNormalization p, 2", 18, b -> b.node("LpNormalization", List.of("x"), "y", "p", 2)),
        net("GlobalAveragePool", 18, b -> b.node("GlobalAveragePool", List.of("x"), "y")),
        net("GlobalMaxPool", 18, b -> b.node("GlobalMaxPool", List.of("x"), "y")),
        net("Trilu upper, 0", 18, b -> b.node("Trilu", List.of("x"), "y", "upper", 0)),
        net("Trilu", 18, b -> b.node("Trilu", List.of("x"), "y")),
        net("Dropout", 18, b -> b.node("Dropout", List.of("x"), "y")),
        net("Size", 18, b -> b.node("Size", List.of("x"), "y")),
        net("IsNaN", 18, b -> b.node("IsNaN", List.of("x"), "y")),
        net("Gelu", 20, b -> b.node("Gelu", List.of("x"), "y")),
        net(
            "Gelu approximate, tanh",
            20,
            b -> b.node("Gelu", List.of("x"), "y", "approximate", "tanh")),
        net(
            "Add",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Add", List.of("x", "w"), "y")),
        net(
            "Sub",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Sub", List.of("x", "w"), "y")),
        net(
            "Mul",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Mul", List.of("x", "w"), "y")),
        net(
            "Div",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Div", List.of("x", "w"), "y")),
        net(
            "Pow",
            18,
            b -> b.floats("w", new int[] {4}, 2, 3, 0, 1).node("Pow", List.of("x", "w"), "y")),
        net(
            "PRelu",
            18,
            b ->
                b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("PRelu", List.of("x", "w"), "y")),
        net(
            "Max",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Max", List.of("x", "w"), "y")),
        net(
            "Min",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Min", List.of("x", "w"), "y")),
        net(
            "Sum",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Sum", List.of("x", "w"), "y")),
        net(
            "Mean",
            18,
            b -> b.floats("w", new int[] {4}, 1.5, 2, 0.5, 3).node("Mean", List.of("x", "w"), "y")),
        net(
            "Equal",
            18,
            b ->
                b.floats("w", new int[] {3, 1}, 0, 0.5, -0.5)
                    .node("Equal", List.of("x", "w"), "y")),
        net(
            "Less",
            18,
            b ->
                b.floats("w", new int[] {3, 1}, 0, 0.5, -0.5).node("Less", List.of("x", "w"), "y")),
        net(
            "LessOrEqual",
            18,
            b ->
                b.floats("w", new int[] {3, 1}, 0, 0.5, -0.5)
                    .node("LessOrEqual", List.of("x", "w"), "y")),
        net(
            "Greater",
            18,
            b ->
                b.floats("w", new int[] {3, 1}, 0, 0.5, -0.5)
                    .node("Greater", List.of("x", "w"), "y")),
        net(
            "GreaterOrEqual",
            18,
            b ->
                b.floats("w", new int[] {3, 1}, 0, 0.5, -0.5)
                    .node("GreaterOrEqual", List.of("x", "w"), "y")),
        net(
            "Mod fmod, 1",
            18,
            b ->
                b.floats("w", new int[] {4}, 0.3, 0.2, -0.4, 0.7)
                    .node("Mod", List.of("x", "w"), "y", "fmod", 1)),
        net(
            "ReduceMean axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceMean", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceMean keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceMean", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceSum axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceSum", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceSum keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceSum", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceMax axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceMax", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceMax keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceMax", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceMin axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceMin", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceMin keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceMin", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceProd axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceProd", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceProd keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceProd", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceL1 axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceL1", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceL1 keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceL1", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceL2 axes, new int[] {1, -1}, keepdims, 0",
            11,
            b -> b.node("ReduceL2", List.of("x"), "y", "axes", new int[] {1, -1}, "keepdims", 0)),
        net(
            "ReduceL2 keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceL2", List.of("x", "axes"), "y", "keepdims", 1)),
        net(
            "ReduceSumSquare axes, new int[] {1, -1}, keepdims, 0",
            11,
            b ->
                b.node(
                    "ReduceSumSquare",
                    List.of("x"),
                    "y",
                    "axes",
                    new int[] {1, -1},
                    "keepdims",
                    0)),
        net(
            "ReduceSumSquare keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceSumSquare", List.of("x", "axes"), "y", "keepdims", 1)));
  }

  static Stream<Arguments> operators2() {
    return Stream.of(
        net(
            "ReduceLogSumExp axes, new int[] {1, -1}, keepdims, 0",
            11,
            b ->
                b.node(
                    "ReduceLogSumExp",
                    List.of("x"),
                    "y",
                    "axes",
                    new int[] {1, -1},
                    "keepdims",
                    0)),
        net(
            "ReduceLogSumExp keepdims, 1",
            18,
            b ->
                b.integers("axes", 0, 2)
                    .node("ReduceLogSumExp", List.of("x", "axes"), "y", "keepdims", 1)),
        net("ReduceSum", 13, b -> b.node("ReduceSum", List.of("x"), "y")),
        net(
            "ReduceSum of no axes noop_with_empty_axes, 1",
            13,
            b -> b.node("ReduceSum", List.of("x"), "y", "noop_with_empty_axes", 1)),
        net("ReduceMax", 18, b -> b.node("ReduceMax", List.of("x"), "y")),
        net(
            "ArgMax axis, 1, keepdims, 0",
            18,
            b -> b.node("ArgMax", List.of("x"), "y", "axis", 1, "keepdims", 0)),
        net(
            "ArgMax axis, -1, select_last_index, 1",
            18,
            b -> b.node("ArgMax", List.of("x"), "y", "axis", -1, "select_last_index", 1)),
        net(
            "ArgMin axis, 1, keepdims, 0",
            18,
            b -> b.node("ArgMin", List.of("x"), "y", "axis", 1, "keepdims", 0)),
        net(
            "ArgMin axis, -1, select_last_index, 1",
            18,
            b -> b.node("ArgMin", List.of("x"), "y", "axis", -1, "select_last_index", 1)),
        net(
            "Softmax of opset 11 axis, 0",
            11,
            b -> b.node("Softmax", List.of("x"), "y", "axis", 0)),
        net(
            "Softmax of opset 13 axis, 0",
            13,
            b -> b.node("Softmax", List.of("x"), "y", "axis", 0)),
        net("LogSoftmax axis, 0", 13, b -> b.node("LogSoftmax", List.of("x"), "y", "axis", 0)),
        net(
            "Softmax of opset 11 axis, 1",
            11,
            b -> b.node("Softmax", List.of("x"), "y", "axis", 1)),
        net(
            "Softmax of opset 13 axis, 1",
            13,
            b -> b.node("Softmax", List.of("x"), "y", "axis", 1)),
        net("LogSoftmax axis, 1", 13, b -> b.node("LogSoftmax", List.of("x"), "y", "axis", 1)),
        net(
            "Softmax of opset 11 axis, 2",
            11,
            b -> b.node("Softmax", List.of("x"), "y", "axis", 2)),
        net(
            "Softmax of opset 13 axis, 2",
            13,
            b -> b.node("Softmax", List.of("x"), "y", "axis", 2)),
        net("LogSoftmax axis, 2", 13, b -> b.node("LogSoftmax", List.of("x"), "y", "axis", 2)),
        net("Softmax of opset 11", 11, b -> b.node("Softmax", List.of("x"), "y")),
        net(
            "LayerNormalization axis, -2, epsilon, 0.01f",
            17,
            b ->
                b.floats("w", new int[] {3, 4}, ramp(12))
                    .floats("b", new int[] {3, 4}, ramp(12))
                    .node(
                        "LayerNormalization",
                        List.of("x", "w", "b"),
                        "y",
                        "axis",
                        -2,
                        "epsilon",
                        0.01f)),
        net(
            "LayerNormalization",
            17,
            b ->
                b.floats("w", new int[] {4}, ramp(4))
                    .node("LayerNormalization", List.of("x", "w"), "y")),
        net(
            "BatchNormalization epsilon, 0.01f",
            15,
            b ->
                b.floats("s", new int[] {3}, 1, 2, 3)
                    .floats("b", new int[] {3}, ramp(3))
                    .floats("m", new int[] {3}, ramp(3))
                    .floats("v", new int[] {3}, 1, 0.5, 2)
                    .node(
                        "BatchNormalization",
                        List.of("x", "s", "b", "m", "v"),
                        "y",
                        "epsilon",
                        0.01f)),
        net(
            "InstanceNormalization",
            15,
            b ->
                b.floats("s", new int[] {3}, 1, 2, 3)
                    .floats("b", new int[] {3}, ramp(3))
                    .node("InstanceNormalization", List.of("x", "s", "b"), "y")),
        net(
            "GroupNormalization num_groups, 3",
            21,
            b ->
                b.floats("s", new int[] {3}, 1, 2, 3)
                    .floats("b", new int[] {3}, ramp(3))
                    .node("GroupNormalization", List.of("x", "s", "b"), "y", "num_groups", 3)),
        net("Reshape", 13, b -> b.integers("s", 0, -1).node("Reshape", List.of("x", "s"), "y")),
        net(
            "Reshape allowzero, 1",
            14,
            b -> b.integers("s", 4, 6).node("Reshape", List.of("x", "s"), "y", "allowzero", 1)),
        net("Flatten axis, 0", 18, b -> b.node("Flatten", List.of("x"), "y", "axis", 0)),
        net("Flatten axis, 1", 18, b -> b.node("Flatten", List.of("x"), "y", "axis", 1)),
        net("Flatten axis, 2", 18, b -> b.node("Flatten", List.of("x"), "y", "axis", 2)),
        net("Flatten axis, 3", 18, b -> b.node("Flatten", List.of("x"), "y", "axis", 3)),
        net("Flatten axis, -1", 18, b -> b.node("Flatten", List.of("x"), "y", "axis", -1)),
        net(
            "Unsqueeze axes, new int[] {0, 3}",
            11,
            b -> b.node("Unsqueeze", List.of("x"), "y", "axes", new int[] {0, 3})),
        net("Unsqueeze", 13, b -> b.integers("a", -1, 1).node("Unsqueeze", List.of("x", "a"), "y")),
        net(
            "Squeeze axes, new int[] {1}",
            11,
            b ->
                b.node("Unsqueeze", List.of("x"), "u", "axes", new int[] {1})
                    .node("Squeeze", List.of("u"), "y", "axes", new int[] {1})),
        net(
            "Squeeze",
            13,
            b ->
                b.integers("a", -3)
                    .node("Unsqueeze", List.of("x", "one"), "u")
                    .integers("one", 1)
                    .node("Squeeze", List.of("u", "a"), "y")),
        net(
            "Squeeze of all",
            13,
            b ->
                b.node("Unsqueeze", List.of("x", "one"), "u")
                    .integers("one", 1)
                    .node("Squeeze", List.of("u"), "y")),
        net(
            "Transpose perm, new int[] {2, 0, 1}",
            18,
            b -> b.node("Transpose", List.of("x"), "y", "perm", new int[] {2, 0, 1})),
        net("Transpose", 18, b -> b.node("Transpose", List.of("x"), "y")),
        net("Shape", 18, b -> b.node("Shape", List.of("x"), "y")),
        net(
            "Shape start, 1, end, -1",
            15,
            b -> b.node("Shape", List.of("x"), "y", "start", 1, "end", -1)),
        net("Expand", 13, b -> b.integers("s", 5, 1, 1, 4).node("Expand", List.of("x", "s"), "y")),
        net("Tile", 13, b -> b.integers("s", 1, 2, 3).node("Tile", List.of("x", "s"), "y")),
        net(
            "Concat axis, 1",
            13,
            b ->
                b.floats("w", new int[] {2, 1, 4}, ramp(8))
                    .node("Concat", List.of("x", "x", "w"), "y", "axis", 1)),
        net("Concat axis, -1", 13, b -> b.node("Concat", List.of("x", "x"), "y", "axis", -1)),
        net(
            "Slice starts, new int[] {1, 0}, ends, new int[] {100, -1}, axes, new int[] {1, 2}",
            9,
            b ->
                b.node(
                    "Slice",
                    List.of("x"),
                    "y",
                    "starts",
                    new int[] {1, 0},
                    "ends",
                    new int[] {100, -1},
                    "axes",
                    new int[] {1, 2})),
        net(
            "Slice",
            13,
            b ->
                b.integers("s", 0, 2)
                    .integers("e", Long.MAX_VALUE, 0)
                    .integers("a", 1, 2)
                    .integers("t", 2, -1)
                    .node("Slice", List.of("x", "s", "e", "a", "t"), "y")),
        net(
            "Slice backwards",
            13,
            b ->
                b.integers("s", -1)
                    .integers("e", Long.MIN_VALUE)
                    .integers("a", -1)
                    .integers("t", -2)
                    .node("Slice", List.of("x", "s", "e", "a", "t"), "y")),
        net(
            "Pad pads, new int[] {0, 1, 2, 0, 0, 1}, value, 2.5f",
            10,
            b ->
                b.node(
                    "Pad", List.of("x"), "y", "pads", new int[] {0, 1, 2, 0, 0, 1}, "value", 2.5f)),
        net(
            "Pad mode, constant",
            19,
            b ->
                b.integers("p", 0, 1, 2, 1, 0, 2)
                    .node("Pad", List.of("x", "p"), "y", "mode", "constant")),
        net(
            "Pad mode, edge",
            19,
            b ->
                b.integers("p", 0, 1, 2, 1, 0, 2)
                    .node("Pad", List.of("x", "p"), "y", "mode", "edge")),
        net(
            "Pad mode, reflect",
            19,
            b ->
                b.integers("p", 0, 1, 2, 1, 0, 2)
                    .node("Pad", List.of("x", "p"), "y", "mode", "reflect")),
        net(
            "Pad mode, wrap",
            19,
            b ->
                b.integers("p", 0, 1, 2, 1, 0, 2)
                    .node("Pad", List.of("x", "p"), "y", "mode", "wrap")),
        net(
            "Pad of one axis",
            18,
            b ->
                b.integers("p", 1, 2)
                    .floats("v", new int[0], 7)
                    .integers("a", -1)
                    .node("Pad", List.of("x", "p", "v", "a"), "y")),
        net(
            "Gather axis, 1",
            13,
            b -> b.integers("i", 2, -1, 0).node("Gather", List.of("x", "i"), "y", "axis", 1)),
        net(
            "Gather of one axis, -1",
            13,
            b -> b.integer("i", 1).node("Gather", List.of("x", "i"), "y", "axis", -1)),
        net(
            "GatherElements axis, 0",
            13,
            b ->
                b.codes(
                        ElementType.INT32,
                        "i",
                        new int[] {1, 3, 4},
                        0,
                        1,
                        1,
                        0,
                        1,
                        0,
                        -1,
                        1,
                        0,
                        0,
                        1,
                        -2)
                    .node("GatherElements", List.of("x", "i"), "y", "axis", 0)),
        net(
            "GatherND",
            13,
            b ->
                b.integers("i", 0, 1, 1, 2)
                    .integers("s", 2, 2)
                    .node("Reshape", List.of("i", "s"), "j")
                    .node("GatherND", List.of("x", "j"), "y")),
        net(
            "GatherND batch_dims, 1",
            13,
            b ->
                b.integers("i", 0, 1, 1, 2)
                    .integers("s", 2, 2, 1)
                    .node("Reshape", List.of("i", "s"), "j")
                    .node("GatherND", List.of("x", "j"), "y", "batch_dims", 1)),
        net(
            "ScatterND",
            18,
            b ->
                b.integers("i", 0, 1, 1, 2)
                    .integers("s", 2, 2)
                    .node("Reshape", List.of("i", "s"), "j")
                    .floats("u", new int[] {2, 4}, ramp(8))
                    .node("ScatterND", List.of("x", "j", "u"), "y")),
        net(
            "ScatterND reduction, add",
            18,
            b ->
                b.integers("i", 1, 1)
                    .integers("s", 2, 1)
                    .node("Reshape", List.of("i", "s"), "j")
                    .floats("u", new int[] {2, 3, 4}, ramp(24))
                    .node("ScatterND", List.of("x", "j", "u"), "y", "reduction", "add")),
        net(
            "ScatterElements axis, 1",
            18,
            b ->
                b.codes(ElementType.INT32, "i", new int[] {1, 2, 2}, 0, 1, 2, -1)
                    .floats("u", new int[] {1, 2, 2}, 1, 2, 3, 4)
                    .node("ScatterElements", List.of("x", "i", "u"), "y", "axis", 1)),
        net(
            "TopK axis, 1",
            11,
            b -> b.integers("k", 2).node("TopK", List.of("x", "k"), List.of("y", "z"), "axis", 1)),
        net(
            "TopK axis, -1, largest, 0",
            11,
            b ->
                b.integers("k", 3)
                    .node("TopK", List.of("x", "k"), List.of("y", "z"), "axis", -1, "largest", 0)),
        net("CumSum", 14, b -> b.integer("a", 1).node("CumSum", List.of("x", "a"), "y")),
        net(
            "CumSum exclusive, 1, reverse, 1",
            14,
            b ->
                b.integer("a", -1)
                    .node("CumSum", List.of("x", "a"), "y", "exclusive", 1, "reverse", 1)),
        net(
            "Clip min, -0.5f, max, 0.25f",
            10,
            b -> b.node("Clip", List.of("x"), "y", "min", -0.5f, "max", 0.25f)),
        net(
            "Clip",
            13,
            b -> b.floats("m", new int[0], 0.3).node("Clip", List.of("x", "", "m"), "y")),
        net(
            "Where",
            16,
            b ->
                b.floats("w", new int[] {4}, ramp(4))
                    .floats("z", new int[] {3, 1}, 0, 0.5, -0.5)
                    .node("Less", List.of("x", "z"), "c")
                    .node("Where", List.of("c", "x", "w"), "y")),
        net(
            "And",
            16,
            b ->
                b.floats("z", new int[0], 0.1)
                    .floats("v", new int[] {4}, ramp(4))
                    .node("Less", List.of("x", "z"), "c")
                    .node("Greater", List.of("x", "v"), "d")
                    .node("And", List.of("c", "d"), "y")),
        net(
            "Or",
            16,
            b ->
                b.floats("z", new int[0], 0.1)
                    .floats("v", new int[] {4}, ramp(4))
                    .node("Less", List.of("x", "z"), "c")
                    .node("Greater", List.of("x", "v"), "d")
                    .node("Or", List.of("c", "d"), "y")));
  }

  static Stream<Arguments> operators3() {
    return Stream.of(
        net(
            "Xor",
            16,
            b ->
                b.floats("z", new int[0], 0.1)
                    .floats("v", new int[] {4}, ramp(4))
                    .node("Less", List.of("x", "z"), "c")
                    .node("Greater", List.of("x", "v"), "d")
                    .node("Xor", List.of("c", "d"), "y")),
        net(
            "Not",
            16,
            b ->
                b.floats("z", new int[0], 0.1)
                    .node("Less", List.of("x", "z"), "c")
                    .node("Not", List.of("c"), "y")),
        net(
            "Cast to, 6",
            13,
            b ->
                b.floats("f", new int[0], 40)
                    .node("Mul", List.of("x", "f"), "a")
                    .node("Abs", List.of("a"), "m")
                    .node("Cast", List.of("m"), "y", "to", 6)),
        net(
            "Cast to, 7",
            13,
            b ->
                b.floats("f", new int[0], 40)
                    .node("Mul", List.of("x", "f"), "a")
                    .node("Abs", List.of("a"), "m")
                    .node("Cast", List.of("m"), "y", "to", 7)),
        net(
            "Cast to, 9",
            13,
            b ->
                b.floats("f", new int[0], 40)
                    .node("Mul", List.of("x", "f"), "a")
                    .node("Abs", List.of("a"), "m")
                    .node("Cast", List.of("m"), "y", "to", 9)),
        net(
            "Cast to, 2",
            13,
            b ->
                b.floats("f", new int[0], 40)
                    .node("Mul", List.of("x", "f"), "a")
                    .node("Abs", List.of("a"), "m")
                    .node("Cast", List.of("m"), "y", "to", 2)),
        net(
            "Cast to, 3",
            13,
            b ->
                b.floats("f", new int[0], 40)
                    .node("Mul", List.of("x", "f"), "a")
                    .node("Abs", List.of("a"), "m")
                    .node("Cast", List.of("m"), "y", "to", 3)),
        net(
            "Cast through binary16 to, 1",
            13,
            b ->
                b.node("Cast", List.of("x"), "h", "to", 10)
                    .node("Cast", List.of("h"), "y", "to", 1)),
        net(
            "ConstantOfShape value, new double[] {2.5}",
            13,
            b ->
                b.node("Shape", List.of("x"), "s")
                    .node("ConstantOfShape", List.of("s"), "y", "value", new double[] {2.5})),
        net(
            "Range of a length",
            13,
            b ->
                b.integer("a", 0)
                    .integer("t", 1)
                    .integer("one", 1)
                    .node("Shape", List.of("x"), "s")
                    .node("Gather", List.of("s", "one"), "n")
                    .node("Range", List.of("a", "n", "t"), "y")),
        net(
            "OneHot axis, 1",
            13,
            b ->
                b.integer("d", 3)
                    .floats("v", new int[] {2}, -1, 5)
                    .node("ArgMax", List.of("x"), "i", "axis", 1)
                    .node("OneHot", List.of("i", "d", "v"), "y", "axis", 1)),
        net(
            "EyeLike k, 1",
            13,
            b ->
                b.node("Flatten", List.of("x"), "f", "axis", 2)
                    .node("EyeLike", List.of("f"), "y", "k", 1)),
        net(
            "NonZero",
            13,
            b ->
                b.floats("w", new int[] {2, 3}, 0, 1, 2, 0, 0, 3)
                    .node("Relu", List.of("x"), "r")
                    .node("NonZero", List.of("w"), "y")),
        net(
            "Div of integers",
            13,
            b ->
                b.integers("d", 2)
                    .node("Shape", List.of("x"), "s")
                    .node("Div", List.of("s", "d"), "y")),
        net(
            "Mod of integers",
            13,
            b ->
                b.integers("d", -2)
                    .node("Shape", List.of("x"), "s")
                    .node("Mod", List.of("s", "d"), "y")),
        net(
            "MatMul",
            13,
            b -> b.floats("w", new int[] {4, 5}, ramp(20)).node("MatMul", List.of("x", "w"), "y")),
        net(
            "MatMul by a left weight",
            13,
            b -> b.floats("w", new int[] {5, 3}, ramp(15)).node("MatMul", List.of("w", "x"), "y")),
        net(
            "MatMul by a vector",
            13,
            b -> b.floats("w", new int[] {4}, ramp(4)).node("MatMul", List.of("x", "w"), "y")),
        net(
            "MatMul broadcast",
            13,
            b ->
                b.integers("s", 1, 2, 4, 3)
                    .node("Reshape", List.of("x", "s"), "t")
                    .node("MatMul", List.of("x", "t"), "y")),
        net(
            "Gemm transA, 1, transB, 1, alpha, 0.5f, beta, 2f",
            13,
            b ->
                b.node("Flatten", List.of("x"), "f", "axis", 2)
                    .floats("w", new int[] {5, 6}, ramp(30))
                    .floats("c", new int[] {5}, ramp(5))
                    .node(
                        "Gemm",
                        List.of("f", "w", "c"),
                        "y",
                        "transA",
                        1,
                        "transB",
                        1,
                        "alpha",
                        0.5f,
                        "beta",
                        2f)),
        net(
            "Gemm of activations transB, 1",
            13,
            b ->
                b.node("Flatten", List.of("x"), "f", "axis", 2)
                    .node("Gemm", List.of("f", "f"), "y", "transB", 1)),
        net(
            "Conv of lines pads, new int[] {1, 1}, strides, new int[] {2}",
            13,
            b ->
                b.floats("w", new int[] {2, 3, 3}, ramp(18))
                    .floats("b", new int[] {2}, ramp(2))
                    .node(
                        "Conv",
                        List.of("x", "w", "b"),
                        "y",
                        "pads",
                        new int[] {1, 1},
                        "strides",
                        new int[] {2})),
        net(
            "MaxPool kernel_shape, new int[] {2}, ceil_mode, 1, strides, new int[] {3}",
            13,
            b ->
                b.node(
                    "MaxPool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {2},
                    "ceil_mode",
                    1,
                    "strides",
                    new int[] {3})),
        net(
            "AveragePool kernel_shape, new int[] {3}, pads, new int[] {1, 1}, count_include_pad, 1",
            13,
            b ->
                b.node(
                    "AveragePool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {3},
                    "pads",
                    new int[] {1, 1},
                    "count_include_pad",
                    1)),
        net(
            "com.microsoft.FusedMatMul transB, 1, alpha, 0.5f",
            13,
            b ->
                b.node(
                    "com.microsoft.FusedMatMul",
                    List.of("x", "x"),
                    "y",
                    "transB",
                    1,
                    "alpha",
                    0.5f)),
        net("com.microsoft.Gelu", 13, b -> b.node("com.microsoft.Gelu", List.of("x"), "y")),
        net(
            "com.microsoft.QuickGelu alpha, 1.5f",
            13,
            b -> b.node("com.microsoft.QuickGelu", List.of("x"), "y", "alpha", 1.5f)),
        net(
            "com.microsoft.FastGelu",
            13,
            b ->
                b.floats("b", new int[] {4}, ramp(4))
                    .node("com.microsoft.FastGelu", List.of("x", "b"), "y")),
        net(
            "com.microsoft.BiasGelu",
            13,
            b ->
                b.floats("b", new int[] {4}, ramp(4))
                    .node("com.microsoft.BiasGelu", List.of("x", "b"), "y")),
        net(
            "com.microsoft.SkipLayerNormalization epsilon, 0.01f",
            13,
            b ->
                b.floats("g", new int[] {4}, ramp(4))
                    .floats("b", new int[] {4}, ramp(4))
                    .floats("c", new int[] {4}, ramp(4))
                    .node(
                        "com.microsoft.SkipLayerNormalization",
                        List.of("x", "x", "g", "b", "c"),
                        "y",
                        "epsilon",
                        0.01f)));
  }

  static Stream<Arguments> operatorsOfImages() {
    return Stream.of(
        image(
            "Conv group, 2, auto_pad, SAME_UPPER, strides, new int[] {2, 2}",
            13,
            b ->
                b.floats("w", new int[] {8, 2, 3, 3}, ramp(144))
                    .node(
                        "Conv",
                        List.of("x", "w"),
                        "y",
                        "group",
                        2,
                        "auto_pad",
                        "SAME_UPPER",
                        "strides",
                        new int[] {2, 2})),
        image(
            "Conv group, 2, auto_pad, SAME_LOWER, strides, new int[] {2, 3}",
            13,
            b ->
                b.floats("w", new int[] {8, 2, 3, 3}, ramp(144))
                    .node(
                        "Conv",
                        List.of("x", "w"),
                        "y",
                        "group",
                        2,
                        "auto_pad",
                        "SAME_LOWER",
                        "strides",
                        new int[] {2, 3})),
        image(
            "Conv group, 4",
            13,
            b ->
                b.floats("w", new int[] {4, 1, 3, 2}, ramp(24))
                    .node("Conv", List.of("x", "w"), "y", "group", 4)),
        image(
            "MaxPool kernel_shape, new int[] {3, 2}, strides, new int[] {2, 2}, ceil_mode, 1, pads, new int[] {1, 1, 1, 0}",
            13,
            b ->
                b.node(
                    "MaxPool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {3, 2},
                    "strides",
                    new int[] {2, 2},
                    "ceil_mode",
                    1,
                    "pads",
                    new int[] {1, 1, 1, 0})),
        image(
            "MaxPool kernel_shape, new int[] {2, 2}, dilations, new int[] {2, 3}",
            13,
            b ->
                b.node(
                    "MaxPool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {2, 2},
                    "dilations",
                    new int[] {2, 3})),
        image(
            "AveragePool kernel_shape, new int[] {3, 2}, strides, new int[] {2, 2}, pads, new int[] {1, 1, 1, 0}",
            13,
            b ->
                b.node(
                    "AveragePool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {3, 2},
                    "strides",
                    new int[] {2, 2},
                    "pads",
                    new int[] {1, 1, 1, 0})),
        image(
            "AveragePool kernel_shape, new int[] {3, 2}, strides, new int[] {2, 2}, pads, new int[] {1, 1, 1, 0}, count_include_pad, 1",
            13,
            b ->
                b.node(
                    "AveragePool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {3, 2},
                    "strides",
                    new int[] {2, 2},
                    "pads",
                    new int[] {1, 1, 1, 0},
                    "count_include_pad",
                    1)),
        image(
            "AveragePool kernel_shape, new int[] {3, 3}, strides, new int[] {2, 2}, ceil_mode, 1, count_include_pad, 1, pads, new int[] {1, 1, 1, 1}",
            19,
            b ->
                b.node(
                    "AveragePool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {3, 3},
                    "strides",
                    new int[] {2, 2},
                    "ceil_mode",
                    1,
                    "count_include_pad",
                    1,
                    "pads",
                    new int[] {1, 1, 1, 1})),
        image("GlobalAveragePool", 13, b -> b.node("GlobalAveragePool", List.of("x"), "y")),
        image(
            "DepthToSpace blocksize, 2",
            13,
            b -> b.node("DepthToSpace", List.of("x"), "y", "blocksize", 2)),
        image(
            "DepthToSpace blocksize, 2, mode, CRD",
            13,
            b -> b.node("DepthToSpace", List.of("x"), "y", "blocksize", 2, "mode", "CRD")),
        image(
            "SpaceToDepth blocksize, 3",
            13,
            b ->
                b.integers("q", 0, 0, 0, 0, 0, 0, 2, 0)
                    .node("Pad", List.of("x", "q"), "p")
                    .node("SpaceToDepth", List.of("p"), "y", "blocksize", 3)),
        image(
            "Resize mode, nearest, coordinate_transformation_mode, half_pixel",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "nearest",
                        "coordinate_transformation_mode",
                        "half_pixel")),
        image(
            "Resize mode, nearest, coordinate_transformation_mode, asymmetric",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "nearest",
                        "coordinate_transformation_mode",
                        "asymmetric")),
        image(
            "Resize mode, nearest, coordinate_transformation_mode, align_corners",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "nearest",
                        "coordinate_transformation_mode",
                        "align_corners")),
        image(
            "Resize mode, nearest, coordinate_transformation_mode, pytorch_half_pixel",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "nearest",
                        "coordinate_transformation_mode",
                        "pytorch_half_pixel")),
        image(
            "Resize mode, linear, coordinate_transformation_mode, half_pixel",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "linear",
                        "coordinate_transformation_mode",
                        "half_pixel")),
        image(
            "Resize mode, linear, coordinate_transformation_mode, asymmetric",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "linear",
                        "coordinate_transformation_mode",
                        "asymmetric")),
        image(
            "Resize mode, linear, coordinate_transformation_mode, align_corners",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "linear",
                        "coordinate_transformation_mode",
                        "align_corners")),
        image(
            "Resize mode, linear, coordinate_transformation_mode, pytorch_half_pixel",
            13,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 1.5)
                    .node(
                        "Resize",
                        List.of("x", "", "s"),
                        "y",
                        "mode",
                        "linear",
                        "coordinate_transformation_mode",
                        "pytorch_half_pixel")),
        image(
            "Resize mode, nearest, coordinate_transformation_mode, asymmetric, nearest_mode, floor",
            13,
            b ->
                b.integers("z", 2, 4, 5, 9)
                    .node(
                        "Resize",
                        List.of("x", "", "", "z"),
                        "y",
                        "mode",
                        "nearest",
                        "coordinate_transformation_mode",
                        "asymmetric",
                        "nearest_mode",
                        "floor")),
        image(
            "Resize mode, nearest",
            10,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 2)
                    .node("Resize", List.of("x", "s"), "y", "mode", "nearest")),
        image(
            "Upsample mode, nearest",
            9,
            b ->
                b.floats("s", new int[] {4}, 1, 1, 2, 3)
                    .node("Upsample", List.of("x", "s"), "y", "mode", "nearest")));
  }

  static Stream<Arguments> quantizers() {
    return Stream.of(
        net(
            "QuantizeLinear to uint8",
            13,
            b ->
                b.floats("s", new int[0], 0.013)
                    .codes(ElementType.UINT8, "z", new int[0], 77)
                    .node("QuantizeLinear", List.of("x", "s", "z"), "y")),
        net(
            "QuantizeLinear of an axis",
            13,
            b ->
                b.floats("s", new int[] {3}, 0.01, 0.02, 0.007)
                    .codes(ElementType.INT8, "z", new int[] {3}, 5, 0, -9)
                    .node("QuantizeLinear", List.of("x", "s", "z"), "y", "axis", 1)),
        net(
            "QuantizeLinear of blocks",
            21,
            b ->
                b.floats("s", new int[] {2, 3, 2}, ramps(12))
                    .codes(
                        ElementType.INT8,
                        "z",
                        new int[] {2, 3, 2},
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        9,
                        10,
                        11,
                        12)
                    .node(
                        "QuantizeLinear", List.of("x", "s", "z"), "y", "axis", 2, "block_size", 2)),
        net(
            "DequantizeLinear of an axis",
            13,
            b ->
                b.floats("s", new int[] {3}, 0.01, 0.02, 0.007)
                    .codes(ElementType.INT8, "z", new int[] {3}, 5, 0, -9)
                    .node("QuantizeLinear", List.of("x", "s", "z"), "c", "axis", -2)
                    .node("DequantizeLinear", List.of("c", "s", "z"), "y", "axis", -2)),
        net(
            "DequantizeLinear of blocks",
            21,
            b ->
                b.floats("s", new int[] {2, 3, 2}, ramps(12))
                    .codes(
                        ElementType.INT8,
                        "c",
                        new int[] {2, 3, 4},
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        9,
                        10,
                        11,
                        12,
                        -1,
                        -2,
                        -3,
                        -4,
                        -5,
                        -6,
                        -7,
                        -8,
                        -9,
                        -10,
                        -11,
                        -12)
                    .node("DequantizeLinear", List.of("c", "s"), "d", "axis", 2, "block_size", 2)
                    .node("Add", List.of("x", "d"), "y")),
        net(
            "DequantizeLinear of 4 bits",
            21,
            b ->
                b.floats("s", new int[0], 0.3)
                    .codes(ElementType.INT4, "c", new int[] {4}, 0x2F, 0x78)
                    .node("DequantizeLinear", List.of("c", "s"), "d")
                    .node("Add", List.of("x", "d"), "y")),
        net(
            "DequantizeLinear of 32 bits",
            13,
            b ->
                b.floats("s", new int[0], 0.3)
                    .codes(ElementType.INT32, "c", new int[] {4}, 100000, -5, 0, 7)
                    .node("DequantizeLinear", List.of("c", "s"), "d")
                    .node("Add", List.of("x", "d"), "y")),
        net(
            "DynamicQuantizeLinear",
            13,
            b -> b.node("DynamicQuantizeLinear", List.of("x"), List.of("y", "s", "z"))),
        net(
            "MatMulInteger",
            13,
            b ->
                b.codes(ElementType.INT8, "w", new int[] {4, 2}, 1, -2, 3, 4, -128, 127, 50, -6)
                    .codes(ElementType.INT8, "zw", new int[] {2}, 3, -4)
                    .node("DynamicQuantizeLinear", List.of("x"), List.of("q", "s", "z"))
                    .node("MatMulInteger", List.of("q", "w", "z", "zw"), "y")),
        net(
            "MatMulInteger of activations",
            13,
            b ->
                b.node("DynamicQuantizeLinear", List.of("x"), List.of("q", "s", "z"))
                    .node("Transpose", List.of("q"), "t", "perm", new int[] {0, 2, 1})
                    .node("MatMulInteger", List.of("q", "t", "z", "z"), "y")),
        net(
            "ConvInteger",
            13,
            b ->
                b.codes(
                        ElementType.UINT8,
                        "w",
                        new int[] {2, 3, 2},
                        1,
                        200,
                        3,
                        4,
                        128,
                        127,
                        50,
                        6,
                        9,
                        255,
                        0,
                        17)
                    .codes(ElementType.UINT8, "zw", new int[0], 120)
                    .node("DynamicQuantizeLinear", List.of("x"), List.of("q", "s", "z"))
                    .node(
                        "ConvInteger",
                        List.of("q", "w", "z", "zw"),
                        "y",
                        "pads",
                        new int[] {1, 1})),
        net(
            "QLinearMatMul",
            13,
            b ->
                b.floats("sx", new int[0], 0.011)
                    .codes(ElementType.UINT8, "zx", new int[0], 120)
                    .node("QuantizeLinear", List.of("x", "sx", "zx"), "q")
                    .codes(ElementType.INT8, "w", new int[] {4, 2}, 1, -2, 3, 4, -128, 127, 50, -6)
                    .floats("sw", new int[] {2}, 0.02, 0.05)
                    .codes(ElementType.INT8, "zw", new int[] {2}, 0, 0)
                    .floats("sy", new int[0], 0.06)
                    .codes(ElementType.UINT8, "zy", new int[0], 99)
                    .node(
                        "QLinearMatMul",
                        List.of("q", "sx", "zx", "w", "sw", "zw", "sy", "zy"),
                        "y")),
        net(
            "QLinearConv",
            13,
            b ->
                b.floats("sx", new int[0], 0.011)
                    .codes(ElementType.UINT8, "zx", new int[0], 120)
                    .node("QuantizeLinear", List.of("x", "sx", "zx"), "q")
                    .codes(
                        ElementType.INT8,
                        "w",
                        new int[] {2, 3, 2},
                        1,
                        100,
                        3,
                        4,
                        -128,
                        127,
                        50,
                        6,
                        9,
                        -5,
                        0,
                        17)
                    .floats("sw", new int[] {2}, 0.02, 0.05)
                    .codes(ElementType.INT8, "zw", new int[] {2}, 0, 0)
                    .floats("sy", new int[0], 0.06)
                    .codes(ElementType.UINT8, "zy", new int[0], 99)
                    .codes(ElementType.INT32, "bias", new int[] {2}, 300, -77)
                    .node(
                        "QLinearConv",
                        List.of("q", "sx", "zx", "w", "sw", "zw", "sy", "zy", "bias"),
                        "y",
                        "pads",
                        new int[] {1, 1})),
        net(
            "QDQ around MatMul",
            13,
            b ->
                b.floats("sx", new int[0], 0.011)
                    .codes(ElementType.UINT8, "zx", new int[0], 120)
                    .node("QuantizeLinear", List.of("x", "sx", "zx"), "q")
                    .node("DequantizeLinear", List.of("q", "sx", "zx"), "a")
                    .codes(ElementType.INT8, "c", new int[] {4, 2}, 1, -2, 3, 4, -128, 127, 50, -6)
                    .floats("sw", new int[] {2}, 0.02, 0.05)
                    .node("DequantizeLinear", List.of("c", "sw"), "w")
                    .node("MatMul", List.of("a", "w"), "y")),
        net(
            "QDQ around Gemm",
            13,
            b ->
                b.floats("sx", new int[0], 0.011)
                    .codes(ElementType.UINT8, "zx", new int[0], 120)
                    .node("QuantizeLinear", List.of("x", "sx", "zx"), "q")
                    .node("DequantizeLinear", List.of("q", "sx", "zx"), "a")
                    .node("Flatten", List.of("a"), "f", "axis", 2)
                    .codes(ElementType.INT8, "c", new int[] {2, 4}, 1, -2, 3, 4, -128, 127, 50, -6)
                    .floats("sw", new int[] {2}, 0.02, 0.05)
                    .codes(ElementType.INT8, "zw", new int[] {2}, 0, 0)
                    .node("DequantizeLinear", List.of("c", "sw", "zw"), "w", "axis", 0)
                    .floats("bias", new int[] {2}, 1, -2)
                    .node("Gemm", List.of("f", "w", "bias"), "y", "transB", 1)),
        net(
            "QDQ around Conv",
            13,
            b ->
                b.floats("sx", new int[0], 0.011)
                    .codes(ElementType.UINT8, "zx", new int[0], 120)
                    .node("QuantizeLinear", List.of("x", "sx", "zx"), "q")
                    .node("DequantizeLinear", List.of("q", "sx", "zx"), "a")
                    .codes(
                        ElementType.INT8,
                        "c",
                        new int[] {2, 3, 2},
                        1,
                        100,
                        3,
                        4,
                        -128,
                        127,
                        50,
                        6,
                        9,
                        -5,
                        0,
                        17)
                    .floats("sw", new int[] {2}, 0.02, 0.05)
                    .codes(ElementType.INT8, "zw", new int[] {2}, 0, 0)
                    .node("DequantizeLinear", List.of("c", "sw", "zw"), "w", "axis", 0)
                    .floats("bias", new int[] {2}, 1, -2)
                    .node("Conv", List.of("a", "w", "bias"), "y", "pads", new int[] {1, 1})));
  }

  static Stream<Arguments> severalResults() {
    return Stream.of(
        net(
            "Split by attribute",
            11,
            b ->
                b.node(
                    "Split",
                    List.of("x"),
                    List.of("y", "z"),
                    "axis",
                    2,
                    "split",
                    new int[] {1, 3})),
        net(
            "Split by operand",
            13,
            b ->
                b.integers("s", 2, 1)
                    .node("Split", List.of("x", "s"), List.of("y", "z"), "axis", 1)),
        net(
            "Split in equal parts",
            18,
            b -> b.node("Split", List.of("x"), List.of("y", "z"), "axis", 1, "num_outputs", 2)));
  }

  @ParameterizedTest(name = "{0}, opset {1}")
  @MethodSource({
    "operators",
    "operators2",
    "operators3",
    "operatorsOfImages",
    "quantizers",
    "severalResults"
  })
  void resultsAreThoseOfOnnxRuntime(
      String name, int opset, int[] shape, UnaryOperator<OnnxBuilder> nodes) throws Exception {
    int[] free = shape.clone();
    Arrays.fill(free, -1);
    OnnxBuilder builder = nodes.apply(new OnnxBuilder().opset(opset).input("x", free));
    byte[] file = builder.outputsOfLastNode().bytes();
    Graph graph = OnnxModel.read(name, file);
    Map<String, Tensor> inputs = Map.of("x", new Tensor(shape, ramp(Tensor.size(shape))));
    List<double[]> theirs = OnnxRuntime.run(file, inputs);
    List<Tensor> ours = new ModelRunner(graph, new FloatArithmetic()).runAll(inputs);
    for (int i = 0; i < theirs.size(); i++) {
      double tolerance = tolerance(ours.get(i).type(), theirs.get(i));
      assertThat(ours.get(i).values())
          .as(graph.outputs().get(i).name())
          .containsExactly(theirs.get(i), within(tolerance));
    }
  }

  /** Integers and booleans are equal; reals differ by the rounding of binary32. */
  private static double tolerance(ElementType type, double[] values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    return type == ElementType.FLOAT ? 4e-6 * Math.max(1, largest) : 0;
  }
}
