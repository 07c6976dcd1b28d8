package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QsnrTest {

  /** e2m1 has 1.5 and 2 but neither 1.75 nor 5: errors 0.25 (tie to the even code 2) and 1. */
  @Test
  void ratioIsThatOfTheSumsOfSquares() {
    TensorFormat cast = TensorFormats.parse("e2m1fn");
    double[] x = {1.75, 5, 6, -1.5};
    double signal = 1.75 * 1.75 + 25 + 36 + 2.25;
    assertThat(Qsnr.of(cast, x, 2, 2).value())
        .isCloseTo(-10 * Math.log10((0.0625 + 1) / signal), within(1e-12));
  }

  @Test
  void formatThatHoldsEveryElementHasAnInfiniteRatio() {
    assertThat(Qsnr.of(TensorFormats.parse("e2m1fn"), new double[] {1, 2, 3, -6}, 2, 2).value())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  /** A uniform quantizer with step d errs by d^2/12 on average; int8 per row of uniform numbers. */
  @Test
  void integersOnUniformNumbersErrByATwelfthOfTheSquaredStep() {
    double[] x = Distribution.UNIFORM.sample(3, 2000, 256);
    double expected = -10 * Math.log10(1 / (127.0 * 127) / 12 / (1 / 3.0));
    assertThat(Qsnr.of(TensorFormats.parse("int8:channel"), x, 2000, 256).value())
        .isCloseTo(expected, within(0.1));
  }

  /** Of 200 estimates on data of other seeds, their spread is what each says its error is. */
  @Test
  void standardErrorIsTheSpreadOfRepetitions() {
    TensorFormat format = TensorFormats.parse("mxfp4");
    List<Metric> runs =
        IntStream.range(0, 200)
            .mapToObj(
                seed ->
                    Qsnr.of(format, Distribution.GAUSSIAN_VARIABLE.sample(seed, 300, 64), 300, 64))
            .toList();
    double mean = runs.stream().mapToDouble(Metric::value).average().orElseThrow();
    double spread =
        Math.sqrt(runs.stream().mapToDouble(m -> Math.pow(m.value() - mean, 2)).sum() / 199);
    double stated = runs.stream().mapToDouble(Metric::standardError).average().orElseThrow();
    assertThat(stated).isCloseTo(spread, within(0.2 * spread));
  }

  /** A Python program of the same formulas gives these; its log differs in the last bit of one. */
  private static final Map<Distribution, double[]> FIRST_NUMBERS_OF_SEED_42 =
      Map.of(
          Distribution.GAUSSIAN,
          new double[] {
            0.49295065581737507, -0.6940056672160173, -1.2810773478777027, -0.9015571934971741
          },
          Distribution.GAUSSIAN_VARIABLE,
          new double[] {
            -0.3421105487951107, -0.6315079187890971, -0.5426274234644138, 0.5793114682150239
          },
          Distribution.STUDENT_T5,
          new double[] {
            0.5722121766574553, -0.8747656668077104, 0.8484800642578375, 1.5315911668969897
          },
          Distribution.LAPLACE,
          new double[] {
            0.6599634176840695, -1.1399944845911227, -0.5848269801746699, -0.37341218617745975
          },
          Distribution.UNIFORM,
          new double[] {
            0.48312975754364684, -0.6801792142461597, -0.44279773948972256, -0.31161856695272483
          });

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void numbersOfASeedNeverChange(Distribution distribution) {
    assertThat(distribution.sample(42, 2, 2)).isEqualTo(FIRST_NUMBERS_OF_SEED_42.get(distribution));
  }

  /** First outputs for seed 1234567, as published at rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64. */
  @Test
  void generatorIsSplitMix64() {
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(IntStream.range(0, 5).mapToObj(i -> Long.toUnsignedString(random.nextLong())))
        .containsExactly(
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821");
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void momentsAreThoseOfTheDistribution(Distribution distribution) {
    double[] x = distribution.sample(7, 4000, 50);
    double squares = 0;
    for (double v : x) {
      squares += v * v;
    }
    double variance =
        switch (distribution) {
          case GAUSSIAN, GAUSSIAN_VARIABLE -> 1;
          case STUDENT_T5 -> 5.0 / 3;
          case LAPLACE -> 2;
          case UNIFORM -> 1.0 / 3;
        };
    assertThat(squares / x.length).isCloseTo(variance, within(0.06 * variance));
  }

  @Test
  void everyLayerOfANetworkHasAWeightAndAnActivation() {
    List<TensorQsnr> tensors =
        NetworkQsnr.of(
            BuiltIn.MNIST_CNN.model(),
            BuiltIn.MNIST_CNN.calibrationData().first(4),
            TensorFormats.parse("nvfp4"),
            Progress.NONE);
    assertThat(tensors)
        .extracting(t -> t.layer() + " " + t.operand() + " " + t.rows() + "x" + t.columns())
        .containsExactly(
            "conv1 WEIGHT 16x25",
            "conv1 ACTIVATION 2304x25",
            "conv2 WEIGHT 32x400",
            "conv2 ACTIVATION 256x400",
            "logits WEIGHT 10x512",
            "logits ACTIVATION 4x512");
  }
}
