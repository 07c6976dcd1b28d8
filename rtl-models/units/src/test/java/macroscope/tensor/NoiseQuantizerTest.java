package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseQuantizerTest {

  private static final int ROWS = 100;
  private static final int COLUMNS = 640;
  private static final double[] X = uniform();

  private static double[] uniform() {
    SplittableRandom random = new SplittableRandom(2);
    return random.doubles(ROWS * COLUMNS, -1, 1).toArray();
  }

  private static double noise(double[] y) {
    double sum = IntStream.range(0, y.length).mapToDouble(i -> Math.pow(y[i] - X[i], 2)).sum();
    return 10 * Math.log10(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"int8:channel", "int4:group32", "e4m3fn:channel", "mxint8", "mxfp4:ceil"})
  void noiseIsAsLargeAsTheErrorOfRounding(String scheme) {
    TensorFormat format = TensorFormats.parse(scheme);
    double rounding = noise(Quantizer.quantize(format, X, ROWS, COLUMNS).decode());
    assertThat(noise(new NoiseQuantizer(format, 9).apply(X, ROWS, COLUMNS)))
        .isCloseTo(rounding, within(0.35));
  }

  @Test
  void aSeedGivesOneResult() {
    NoiseQuantizer quantizer = new NoiseQuantizer(TensorFormats.parse("mxfp4"), 3);
    assertThat(quantizer.apply(X, ROWS, COLUMNS)).isEqualTo(quantizer.apply(X, ROWS, COLUMNS));
  }

  @Test
  void anotherSeedGivesAnother() {
    TensorFormat format = TensorFormats.parse("mxfp4");
    assertThat(new NoiseQuantizer(format, 3).apply(X, ROWS, COLUMNS))
        .isNotEqualTo(new NoiseQuantizer(format, 4).apply(X, ROWS, COLUMNS));
  }

  @Test
  void valuesAreNotOnTheGrid() {
    double[] noisy =
        new NoiseQuantizer(TensorFormats.parse("int8:tensor"), 1)
            .apply(new double[] {127, 5, 0}, 1, 3);
    assertThat(DoubleStream.of(noisy)).noneMatch(v -> v == Math.rint(v));
  }

  @Test
  void groupsThatAreCodedTogetherAreRefused() {
    assertThatThrownBy(() -> new NoiseQuantizer(TensorFormats.parse("olive4"), 1))
        .hasMessage(
            "olive4: noise imitates formats whose elements round on their own, without zero points");
  }
}
