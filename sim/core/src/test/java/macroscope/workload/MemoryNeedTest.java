package macroscope.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.onnx.Graph;
import macroscope.onnx.ShapeInference;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {

  private static final Graph MLP = BuiltIn.MNIST_MLP.model().graph();

  /** 28 x 28 pixels and the 256 results of the first product. */
  @Test
  void activationsOfAGraphAreMostWhereItsLargestValuesMeet() {
    assertThat(MemoryNeed.activations(MLP, ShapeInference.of(MLP, 3))).isEqualTo(3 * (784 + 256));
  }

  /** 784 x 256, 256 x 128 and 128 x 10 weights of four bits; biases stay binary32. */
  @Test
  void weightsAreMatricesInTheirFormatAndOthersAsTheFileHasThem() {
    double matrices = 784 * 256 + 256 * 128 + 128 * 10;
    assertThat(MemoryNeed.weightBytes(MLP, 4)).isEqualTo(matrices / 2 + 4.0 * (256 + 128 + 10));
  }

  /** Vectors of 8 tokens between layers, and what the widest product reads and makes. */
  @Test
  void activationsOfAShapeAreThoseOfItsLargestKernel() {
    LanguageModel model =
        new LanguageModel(
            "m",
            1,
            16,
            10,
            true,
            Optional.of(new LanguageModel.Heads(2, 2, 8)),
            Optional.empty(),
            Optional.of(new LanguageModel.FeedForward(100, true, 1, 1)));
    long most = MemoryNeed.activations(model, new Inference(false, 1, 8, false), false);
    assertThat(most).isEqualTo(8 * 16 + 8 * (200 + 100));
  }
}
