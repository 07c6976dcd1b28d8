package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import macroscope.config.LayerTexts;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;

class LayerProfileTest {
  private static final TensorFormat INT4 = TensorFormats.parse("int4:channel");
  private static final TensorFormat INT8 = TensorFormats.parse("int8:token");
  private static final Model MLP = BuiltIn.MNIST_MLP.model();
  private static final Dataset IMAGES = BuiltIn.MNIST_MLP.evaluationData().first(8);
  private static final Quantization W4A8 = new Quantization(INT4, INT8, Optional.empty(), false);

  private static List<LayerProfile> profile(
      Model model, Dataset data, Quantization quantization, int threads) {
    return LayerProfile.of(
        model,
        data,
        quantization.arithmetic(),
        new QuantizationView(quantization),
        quantization,
        threads,
        Progress.NONE);
  }

  private static List<LayerProfile> mlp(Quantization quantization) {
    return profile(MLP, IMAGES, quantization, 1);
  }

  @Test
  void eachLayerHasARowInTheOrderOfExecution() {
    assertThat(mlp(W4A8))
        .extracting(LayerProfile::node)
        .isEqualTo(LayerNames.withWeights(MLP.graph()));
  }

  @Test
  void theFirstLayerInjectsAllThatIsAccumulatedThere() {
    LayerProfile first = mlp(W4A8).get(0);
    assertThat(first.accumulated()).isEqualTo(first.injected());
  }

  @Test
  void laterLayersHaveLessSignalToNoiseThanTheyLoseAlone() {
    LayerProfile last = mlp(W4A8).get(2);
    assertThat(last.accumulated().qsnr().value()).isLessThan(last.injected().qsnr().value());
  }

  @Test
  void whatIsLeftOfWeightsIsThatOfTheFormat() {
    double[] w = new double[784 * 256];
    ModelRunner runner =
        new ModelRunner(
            MLP.graph(),
            new Arithmetic() {
              @Override
              public MatrixProduct linear(double[] weights, int n, int k) {
                if (weights.length == w.length) {
                  System.arraycopy(weights, 0, w, 0, w.length);
                }
                return (x, rows, rowsPerSample) -> new double[rows * n];
              }

              @Override
              public double[] activations(double[] a, int m, double[] b, int n, int k) {
                return new double[m * n];
              }
            });
    assertThat(runner.nodes()).isNotEmpty();
    assertThat(mlp(W4A8).get(0).weights()).isEqualTo(Qsnr.of(INT4, w, 256, 784));
  }

  @Test
  void theLargestErrorOfTheLastLayerIsThatOfTheLogits() {
    double[][] exact = logits(new FloatArithmetic());
    double[][] found = logits(W4A8.arithmetic());
    double largest = 0;
    for (int sample = 0; sample < exact.length; sample++) {
      for (int i = 0; i < exact[sample].length; i++) {
        largest = Math.max(largest, Math.abs(found[sample][i] - exact[sample][i]));
      }
    }
    assertThat(mlp(W4A8).get(2).accumulated().largest()).isEqualTo(largest);
  }

  private static double[][] logits(Arithmetic arithmetic) {
    ModelRunner runner = new ModelRunner(MLP.graph(), arithmetic);
    return BatchRun.logits(runner, MLP, IMAGES, 1, Progress.NONE);
  }

  @Test
  void aLayerThatIsKeptInFloatInjectsNothing() {
    String last = LayerNames.withWeights(MLP.graph()).get(2);
    LayerProfile row = mlp(W4A8.withOverrides(LayerTexts.all(last + "=float"))).get(2);
    assertThat(row.injected().largest()).isZero();
    assertThat(row.accumulated().largest()).isPositive();
  }

  @Test
  void theProfileIsTheSameForAnyNumberOfThreads() {
    assertThat(profile(MLP, IMAGES, W4A8, 3)).isEqualTo(mlp(W4A8));
  }

  @Test
  void productsOfTwoActivationsAndResultsInAFormatHaveRows() {
    Model gpt = BuiltIn.KJV_GPT.model();
    Quantization all =
        new Quantization(INT4, INT8, Optional.empty(), true)
            .withResults(
                new ResultFormats(
                    Optional.of(INT8),
                    Optional.of(INT8),
                    Optional.of(TensorFormats.parse("fp16"))));
    List<LayerProfile> rows = profile(gpt, BuiltIn.KJV_GPT.evaluationData().first(2), all, 2);
    assertThat(rows.stream().filter(row -> row.shape().products() == 1)).hasSize(25);
    assertThat(rows.stream().filter(row -> row.shape().products() == 4)).hasSize(8);
    assertThat(rows.stream().filter(row -> row.formats().result().equals("int8:token")))
        .hasSize(10);
    assertThat(rows.stream().filter(row -> row.formats().result().equals("fp16"))).hasSize(4);
    assertThat(rows).allMatch(row -> row.injected().largest() > 0);
  }
}
