package macroscope.calibrate;

import static macroscope.accuracy.BuiltIn.KJV_GPT_OUTLIER;
import static macroscope.accuracy.BuiltIn.MNIST_CNN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import macroscope.accuracy.BuiltIn;
import macroscope.tensor.EncodedMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the papers promise of their methods, on real networks. */
class CalibrationPropertiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MNIST_CNN; equalize",
        "MNIST_CNN; smoothquant:scope=all",
        "MNIST_CNN; outlier_suppression:scope=all,steps=2",
        "KJV_GPT_OUTLIER; outlier_suppression:steps=2",
        "KJV_GPT_OUTLIER; awq:steps=2",
        "KJV_GPT_OUTLIER; pre_shift",
        "KJV_GPT_OUTLIER; rotate",
        "KJV_GPT_OUTLIER; smoothquant,rotate",
      })
  void aTransformLeavesTheFloatLogitsWhereTheyAre(BuiltIn network, String methods) {
    Calibrated calibrated = Calibrated.of(network, 2, methods, "int4:channel", "int8:token");
    double[] moved = calibrated.floatLogits(calibrated.found());
    double[] original = calibrated.floatLogits(Calibration.NONE);
    assertThat(largestDifference(moved, original)).isLessThan(1e-8);
  }

  private static double largestDifference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void equalizationBringsTheRangesOfBothSidesOfAChannelTogether() {
    Calibrated calibrated =
        Calibrated.of(MNIST_CNN, 2, "equalize:iterations=50", "int8:tensor", "fp32");
    List<LayerData> layers = calibrated.layers(calibrated.found());
    double[] first = layers.get(0).toQuantize();
    double[] second = layers.get(1).toQuantize();
    int channels = layers.get(0).n();
    for (int c = 0; c < channels; c++) {
      double out = 0;
      for (int k = 0; k < 25; k++) {
        out = Math.max(out, Math.abs(first[c * 25 + k]));
      }
      double in = 0;
      for (int i = 0; i < second.length; i++) {
        in = i % 400 / 25 == c ? Math.max(in, Math.abs(second[i])) : in;
      }
      assertThat(out).isCloseTo(in, within(1e-2 * in));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gptq; int3:channel",
        "gptq; int4:group32",
        "gptq:act_order=true; int4:group32",
        "gptq; nvfp4",
        "gptq; int3:group32:m2",
        "gptq; int3:channel:asym",
        "adaround:iterations=60; int3:channel",
        "adaquant:iterations=20; int3:channel",
        "adaquant:iterations=20; mxfp4",
        "vptq; vq4_6:channel",
        "format_search:of=weights; e2m1fn:channel",
        "clip; int3:channel",
        "awq:clip=true,steps=5; e2m1fn:channel"
      })
  void aChoiceOfWeightsLosesNoMoreOfTheOutputThanRoundingToNearest(String methods, String format) {
    Calibrated calibrated = Calibrated.of(MNIST_CNN, 8, methods, format, "fp32");
    double nearest = calibrated.loss(Calibration.NONE, 1);
    assertThat(calibrated.loss(calibrated.found(), 1)).isLessThan(nearest);
  }

  @Test
  void correctedOutputsHaveTheMeanOfTheFloatOnes() {
    Calibrated once = Calibrated.of(MNIST_CNN, 8, "bias_correction", "int2:channel", "int4:token");
    Calibration twice = new BiasCorrection().apply(once.found(), once.run());
    for (LayerData layer : once.layers(Calibration.NONE)) {
      double[] first = once.found().of(layer.name()).offset();
      double[] second = twice.of(layer.name()).offset();
      assertThat(largestDifference(first, second)).isLessThan(1e-9);
      assertThat(largestDifference(first, new double[first.length])).isGreaterThan(1e-3);
    }
  }

  @Test
  void aMatrixOfRankOneIsRestoredToThePrecisionOfItsStorage() {
    double[] u = {1, -2, 0.5};
    double[] v = {3, 0.25, -1, 2};
    double[] matrix = new double[12];
    Arrays.setAll(matrix, i -> u[i / 4] * v[i % 4]);
    LowRank found = LowRankCompensation.approximation(matrix, 3, 4, 1);
    for (int k = 0; k < 4; k++) {
      double[] x = new double[4];
      x[k] = 1;
      double[] result = new double[3];
      found.addTo(result, x, 1);
      for (int n = 0; n < 3; n++) {
        assertThat(result[n]).isCloseTo(matrix[n * 4 + k], within(0.004));
      }
    }
  }

  @Test
  void fewBitsAreTheStoredIntegersRoundedOnceMore() {
    String method = "double_rounding:stored=8";
    EncodedMatrix wide = first(Calibrated.of(MNIST_CNN, 2, method, "int8:channel", "fp32"));
    EncodedMatrix narrow = first(Calibrated.of(MNIST_CNN, 2, method, "int4:channel", "fp32"));
    for (int i = 0; i < wide.codes().length; i++) {
      long stored = (byte) wide.codes()[i];
      long expected = (long) Math.max(-7, Math.min(7, Math.rint(stored / 16.0)));
      assertThat(narrow.codes()[i] << 60 >> 60).isEqualTo(expected);
    }
  }

  private static EncodedMatrix first(Calibrated calibrated) {
    return calibrated.found().of(calibrated.run().layers().get(0)).encoded().orElseThrow();
  }

  @Test
  void rotationSpreadsAnOutlierEvenly() {
    double[] x = new double[128];
    x[17] = 128;
    double[] turned = new HadamardRotation(128, 1).apply(x, 128);
    for (double value : turned) {
      assertThat(Math.abs(value)).isCloseTo(Math.sqrt(128), within(1e-12));
    }
  }

  @Test
  void shiftsOfExponentsAreWholeNumbersThatTheFormatReaches() {
    Calibrated calibrated =
        Calibrated.of(KJV_GPT_OUTLIER, 2, "pre_shift", "e2m1fn:channel", "e2m1fn:token");
    for (String layer : calibrated.run().layers()) {
      InputStep.Scale step = (InputStep.Scale) calibrated.found().of(layer).steps().get(0);
      for (double factor : step.factors()) {
        assertThat(List.of(1.0, 0.5, 0.25, 0.125)).contains(factor);
      }
    }
  }

  @Test
  void threadsDecideNothing() {
    Calibrated one =
        Calibrated.of(MNIST_CNN, 8, "smoothquant:scope=all,gptq", "int4:channel", "fp32", 1);
    Calibrated two =
        Calibrated.of(MNIST_CNN, 8, "smoothquant:scope=all,gptq", "int4:channel", "fp32", 2);
    assertThat(first(one).codes()).isEqualTo(first(two).codes());
    assertThat(one.floatLogits(one.found())).isEqualTo(two.floatLogits(two.found()));
  }
}
