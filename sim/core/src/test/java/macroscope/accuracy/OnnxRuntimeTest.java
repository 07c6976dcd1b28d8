package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import macroscope.onnx.Graph;
import macroscope.onnx.OnnxBuilder;
import macroscope.onnx.OnnxModel;
import macroscope.onnx.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the runner against ONNX Runtime 1.29.0 on the CPU, which computes in binary32. */
class OnnxRuntimeTest {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  @ParameterizedTest
  @EnumSource(BuiltIn.class)
  void logitsDifferByLessThanTheRoundingOfBinary32Explains(BuiltIn builtIn) throws Exception {
    Model model = builtIn.model();
    Dataset data = builtIn.evaluationData();
    int samples = model.task() == Task.LANGUAGE_MODEL ? 3 : 40;
    double[] input = new double[samples * data.sampleSize()];
    for (int i = 0; i < samples; i++) {
      data.input(i, input, i * data.sampleSize());
    }
    Tensor x = new Tensor(model.graph().input().shape(samples), input);
    double[] ours = new ModelRunner(model.graph(), new FloatArithmetic()).run(x).values();
    boolean ids = model.task() == Task.LANGUAGE_MODEL;
    float[] theirs = run(resource(builtIn), model.graph(), x, ids);
    assertThat(largestDifference(ours, theirs)).isLessThan(1e-4);
  }

  private static byte[] resource(BuiltIn builtIn) throws IOException {
    String name = "/macroscope/models/" + builtIn.modelName() + ".onnx";
    try (var in = BuiltIn.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static float[] run(byte[] file, Graph graph, Tensor x, boolean ids) throws OrtException {
    long[] shape = Arrays.stream(x.shape()).asLongStream().toArray();
    try (OrtSession session = ENVIRONMENT.createSession(file);
        OnnxTensor input = ids ? longs(x, shape) : floats(x, shape);
        OrtSession.Result result = session.run(Map.of(graph.input().name(), input))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }

  private static OnnxTensor longs(Tensor x, long[] shape) throws OrtException {
    long[] values = Arrays.stream(x.values()).mapToLong(v -> (long) v).toArray();
    return OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(values), shape);
  }

  private static OnnxTensor floats(Tensor x, long[] shape) throws OrtException {
    float[] values = new float[x.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x.values()[i];
    }
    return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), shape);
  }

  private static double largestDifference(double[] ours, float[] theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
    }
    return largest;
  }

  private static double[] ramp(int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) StrictMath.sin(1.7 * i + 0.3);
    }
    return values;
  }

  private static Arguments net(String name, OnnxBuilder builder) {
    return Arguments.of(name, builder.bytes());
  }

  private static OnnxBuilder image(int... output) {
    int[] free = output.clone();
    free[0] = -1;
    return new OnnxBuilder().input("x", -1, 3, 7, 6).output("y", free);
  }

  static Stream<Arguments> singleOperators() {
    return Stream.of(
        net(
            "padded, strided, dilated convolution with bias",
            image(0, 5, 6, 2)
                .floats("w", new int[] {5, 3, 3, 2}, ramp(90))
                .floats("b", new int[] {5}, ramp(5))
                .node(
                    "Conv",
                    List.of("x", "w", "b"),
                    "y",
                    "pads",
                    new int[] {1, 0, 2, 1},
                    "strides",
                    new int[] {1, 2},
                    "dilations",
                    new int[] {2, 3},
                    "kernel_shape",
                    new int[] {3, 2})),
        net(
            "padded pooling",
            image(0, 3, 4, 3)
                .node(
                    "MaxPool",
                    List.of("x"),
                    "y",
                    "kernel_shape",
                    new int[] {3, 3},
                    "strides",
                    new int[] {2, 2},
                    "pads",
                    new int[] {1, 1, 1, 1})),
        net("flatten", image(0, 126).node("Flatten", List.of("x"), "y")),
        net(
            "product with factors and a bias for all rows",
            new OnnxBuilder()
                .input("x", -1, 6)
                .output("y", -1, 5)
                .floats("w", new int[] {6, 5}, ramp(30))
                .floats("b", new int[] {5}, ramp(5))
                .node("Gemm", List.of("x", "w", "b"), "y", "alpha", 0.5f, "beta", 3f)),
        net(
            "product of every row",
            rows(4, 5)
                .floats("w", new int[] {6, 5}, ramp(30))
                .node("MatMul", List.of("x", "w"), "y")),
        net(
            "product of two activations",
            rows(4, 4)
                .node("Transpose", List.of("x"), "t", "perm", new int[] {0, 2, 1})
                .node("MatMul", List.of("x", "t"), "y")),
        net(
            "mean over two axes, subtracted",
            image(0, 3, 7, 6)
                .node("ReduceMean", List.of("x"), "m", "axes", new int[] {-2, -1}, "keepdims", 1)
                .node("Sub", List.of("x", "m"), "y")),
        net(
            "mean without its axis",
            rows(4).node("ReduceMean", List.of("x"), "y", "axes", new int[] {2}, "keepdims", 0)),
        net(
            "division of a column by a row",
            rows(4, 6)
                .floats("c", new int[] {4, 1}, 1, 2, 3, 4)
                .node("Div", List.of("x", "c"), "d")
                .floats("r", new int[] {6}, ramp(6))
                .node("Mul", List.of("d", "r"), "e")
                .floats("s", new int[] {1, 4, 1}, ramp(4))
                .node("Add", List.of("s", "e"), "y")),
        net(
            "square root of a square",
            rows(4, 6).node("Mul", List.of("x", "x"), "q").node("Sqrt", List.of("q"), "y")),
        net("error function", rows(4, 6).node("Erf", List.of("x"), "y")),
        net("softmax", rows(4, 6).node("Softmax", List.of("x"), "y", "axis", -1)),
        net("rectifier", rows(4, 6).node("Relu", List.of("x"), "y")),
        net(
            "reshape that keeps one axis and finds another",
            rows(3, 8).integers("s", 0, 3, -1).node("Reshape", List.of("x", "s"), "y")),
        net(
            "transpose of all axes but the first",
            image(0, 6, 3, 7)
                .node("Transpose", List.of("x"), "y", "perm", new int[] {0, 3, 1, 2})));
  }

  private static OnnxBuilder rows(int... output) {
    int[] shape = new int[output.length + 1];
    shape[0] = -1;
    System.arraycopy(output, 0, shape, 1, output.length);
    return new OnnxBuilder().input("x", -1, 4, 6).output("y", shape);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("singleOperators")
  void operatorsAreThoseOfOnnx(String name, byte[] file) throws Exception {
    Graph graph = OnnxModel.read(name, file);
    int[] shape = graph.input().shape(2);
    Tensor x = new Tensor(shape, ramp(Tensor.size(shape)));
    double[] ours = new ModelRunner(graph, new FloatArithmetic()).run(x).values();
    assertThat(largestDifference(ours, run(file, graph, x, false))).isLessThan(2e-6);
  }

  @Test
  void indexOutsideATableNamesTheNode() {
    byte[] file =
        new OnnxBuilder()
            .input("x", -1, 2)
            .output("y", -1, 2, 3)
            .floats("table", new int[] {4, 3}, ramp(12))
            .node("Gather", List.of("table", "x"), "y")
            .bytes();
    ModelRunner runner = new ModelRunner(OnnxModel.read("net.onnx", file), new FloatArithmetic());
    assertThatThrownBy(() -> runner.run(new Tensor(new int[] {1, 2}, new double[] {1, 4})))
        .hasMessage("net.onnx, node y (Gather): indices must be -4..3: 4");
  }
}
