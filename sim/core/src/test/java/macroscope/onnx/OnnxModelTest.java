package macroscope.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import macroscope.input.InputException;
import macroscope.workload.Gemm;
import macroscope.workload.LinearLayer;
import macroscope.workload.LinearLayers;
import org.junit.jupiter.api.Test;

class OnnxModelTest {
  private static final int FREE = Port.FREE;

  /** One layer, 3 inputs and 2 outputs, with a weight of 2 x 3 as the tests want it. */
  private static OnnxBuilder layer() {
    return new OnnxBuilder().input("x", FREE, 3).output("y", FREE, 2);
  }

  private static OnnxBuilder complete() {
    return layer()
        .floats("w", new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
        .node("Gemm", List.of("x", "w"), "y", "transB", 1);
  }

  private static void refuses(byte[] file, String message) {
    assertThatThrownBy(() -> OnnxModel.read("net.onnx", file))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void weightsAreReadExactly() {
    Graph graph = OnnxModel.read("net.onnx", complete().bytes());
    assertThat(graph.initializer("w").orElseThrow().values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void unsupportedOperatorIsNamedWithItsNode() {
    refuses(
        complete().node("LSTM", List.of("y"), "z").bytes(),
        "net.onnx, node z (LSTM): operator LSTM is not supported");
  }

  @Test
  void fileCutShortIsRefused() {
    byte[] file = complete().bytes();
    assertThatThrownBy(() -> OnnxModel.read("net.onnx", Arrays.copyOf(file, file.length - 7)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("net.onnx: not an ONNX file, or cut short");
  }

  @Test
  void otherFileIsRefused() {
    refuses(new byte[0], "net.onnx: not an ONNX file: it holds no graph");
  }

  @Test
  void missingInitializerIsNamed() {
    refuses(
        layer().node("Gemm", List.of("x", "w"), "y", "transB", 1).bytes(),
        "net.onnx, node y (Gemm): operand 'w' is no initializer, input or earlier result");
  }

  @Test
  void nodeThatReadsItsOwnResultIsRefused() {
    refuses(
        layer().node("Relu", List.of("y"), "y").bytes(),
        "net.onnx, node y (Relu): operand 'y' is no initializer, input or earlier result");
  }

  @Test
  void windowOfOneAxisIsRefused() {
    refuses(
        new OnnxBuilder()
            .input("x", FREE, 2, 4, 4)
            .output("y", FREE, 2, 4, 4)
            .node("MaxPool", List.of("x"), "y", "kernel_shape", new int[] {1})
            .bytes(),
        "net.onnx, node y (MaxPool): kernel_shape must be 2 numbers of 1..65535: [1]");
  }

  /** Single bytes of a file changed at random: it is read, or refused as wrong input. */
  @Test
  void damagedFilesNeverCauseAnotherException() {
    Random random = new Random(5);
    byte[] file = complete().bytes();
    assertThatCode(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                byte[] damaged = file.clone();
                damaged[random.nextInt(file.length)] = (byte) random.nextInt();
                readOrRefuse(damaged);
              }
            })
        .doesNotThrowAnyException();
  }

  private static void readOrRefuse(byte[] file) {
    try {
      LinearLayers.of(OnnxModel.read("net.onnx", file), 2);
    } catch (InputException e) {
      return; // refused
    }
  }

  @Test
  void innerLengthsThatDifferAreRefused() {
    refuses(
        layer()
            .floats("w", new int[] {2, 2}, 1, 2, 3, 4)
            .node("Gemm", List.of("x", "w"), "y", "transB", 1)
            .bytes(),
        "net.onnx, node y (Gemm): inner lengths must agree: [1, 3] and [2, 2]");
  }

  @Test
  void initializerWithTooFewElementsIsRefused() {
    refuses(
        layer().floats("w", new int[] {2, 3}, 1, 2).node("Relu", List.of("x"), "y").bytes(),
        "net.onnx, initializer w: elements must number 6: 2");
  }

  @Test
  void outputOfAnotherShapeIsRefused() {
    refuses(
        layer().node("Relu", List.of("x"), "y").bytes(),
        "net.onnx: output y must have shape [1, 2]: [1, 3]");
  }

  @Test
  void outputThatNothingComputesIsRefused() {
    refuses(
        layer().node("Relu", List.of("x"), "z").bytes(), "net.onnx: nothing computes the output y");
  }

  @Test
  void nameDefinedTwiceIsRefused() {
    refuses(
        complete().node("Relu", List.of("x"), "y").bytes(),
        "net.onnx, node y (Relu): the name 'y' is defined twice");
  }

  @Test
  void fixedFirstAxisIsRefused() {
    refuses(
        new OnnxBuilder()
            .input("x", 4, FREE)
            .output("y", 4, FREE)
            .node("Relu", List.of("x"), "y")
            .bytes(),
        "net.onnx: the first axis of x must be the batch (free or 1): [4, free2]");
  }

  @Test
  void weightOnTheLeftIsALayerToo() {
    byte[] file =
        new OnnxBuilder()
            .input("x", 1, 2, 5)
            .output("y", 1, 3, 5)
            .floats("w", new int[] {3, 2}, 1, 2, 3, 4, 5, 6)
            .node("MatMul", List.of("w", "x"), "y")
            .bytes();
    assertThat(LinearLayers.of(OnnxModel.read("net.onnx", file), 1))
        .containsExactly(new LinearLayer("y", "w", new Gemm(5, 3, 2)));
  }

  @Test
  void eachGroupOfAConvolutionIsAProduct() {
    byte[] file =
        new OnnxBuilder()
            .input("x", FREE, 2, 4, 4)
            .output("y", FREE, 2, 4, 4)
            .floats("w", new int[] {2, 1, 1, 1}, 1, 2)
            .node("Conv", List.of("x", "w"), "y", "group", 2)
            .bytes();
    LinearLayer group = new LinearLayer("y", "w", new Gemm(48, 1, 1));
    assertThat(LinearLayers.of(OnnxModel.read("net.onnx", file), 3)).containsExactly(group, group);
  }

  @Test
  void operatorSetBeforeBroadcastingIsRefused() {
    refuses(complete().opset(6).bytes(), "net.onnx: the operator set must be 7 or later: 6");
  }

  @Test
  void convolutionIsAProductOfItsOutputPixels() {
    byte[] file =
        new OnnxBuilder()
            .input("x", FREE, 3, 8, 6)
            .output("y", FREE, 2, 3, 4)
            .floats("w", new int[] {2, 3, 3, 3}, new double[54])
            .node("Conv", List.of("x", "w"), "y", "strides", new int[] {2, 1})
            .bytes();
    List<LinearLayer> layers = LinearLayers.of(OnnxModel.read("net.onnx", file), 5);
    assertThat(layers).containsExactly(new LinearLayer("y", "w", new Gemm(60, 2, 27)));
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> OnnxModel.read(Path.of("no/such.onnx")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("no/such.onnx");
  }
}
