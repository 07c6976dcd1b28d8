package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import macroscope.accuracy.BuiltIn;
import macroscope.calibrate.RangeRule.Kind;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeRuleTest {
  private static final NumberFormat INT4 = Formats.canonical("int4sym");
  private static final double[] NORMAL = normal(20_000);

  private static double[] normal(int count) {
    SplittableRandom random = new SplittableRandom(5);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      numbers[i] = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
    return numbers;
  }

  @Test
  void theLargestMagnitudeIsNotClipped() {
    assertThat(new RangeRule(Kind.ABSMAX, 1).threshold(new double[] {1, -3, 2}, INT4)).isEqualTo(3);
  }

  @Test
  void aPercentileIsThatOfTheNearestRank() {
    double[] numbers = {5, -1, 2, -4, 3};
    assertThat(new RangeRule(Kind.PERCENTILE, 80).threshold(numbers, INT4)).isEqualTo(4);
  }

  /** Optimal uniform 15-level symmetric quantization of a normal number steps by about 0.34. */
  @Test
  void leastSquaresOfNormalNumbersInFourBitsClipsNearTwoAndAHalf() {
    assertThat(new RangeRule(Kind.MSE, 1).threshold(NORMAL, INT4)).isCloseTo(2.4, within(0.2));
  }

  @Test
  void entropyOfNormalNumbersClipsTheirTail() {
    double most = new RangeRule(Kind.ABSMAX, 1).threshold(NORMAL, INT4);
    assertThat(new RangeRule(Kind.ENTROPY, 1).threshold(NORMAL, INT4)).isLessThan(0.95 * most);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void zerosHaveNoRange(Kind kind) {
    assertThat(new RangeRule(kind, 50).threshold(new double[2000], INT4)).isZero();
  }

  @Test
  void aScaleOfTheWholeTensorBecomesStatic() {
    Calibrated calibrated =
        Calibrated.of(
            BuiltIn.MNIST_CNN, 4, "range:by=absmax,of=activations", "int8:channel", "int8:tensor");
    StaticRange first = range(calibrated);
    assertThat(first.scale()).isEqualTo(first.threshold() / 127);
    assertThat(first.format().orElseThrow().levels()).isEmpty();
  }

  @Test
  void scalesOfTokensAreFoundBehindTheClipping() {
    Calibrated calibrated =
        Calibrated.of(
            BuiltIn.MNIST_CNN, 4, "range:by=absmax,of=activations", "int8:channel", "int8:token");
    assertThat(range(calibrated))
        .isEqualTo(new StaticRange(range(calibrated).threshold(), 1, Optional.empty()));
  }

  private static StaticRange range(Calibrated calibrated) {
    return calibrated.found().of(calibrated.run().layers().get(0)).range().orElseThrow();
  }
}
