package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import macroscope.accuracy.TensorError.Quartiles;
import macroscope.format.RandomRounding;
import macroscope.format.RoundingMode;
import macroscope.format.StochasticRounding.Variant;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorErrorTest {

  private static TensorError error(String scheme, double[] x, int rows, int columns) {
    TensorFormat format = TensorFormats.parse(scheme);
    Restoration rounded = Restoration.rounded(format, RoundingMode.TIES_TO_EVEN);
    return TensorError.of(format, rounded, x, rows, columns);
  }

  /** e2m1: 1.75 becomes 2, 5 becomes 4, 0.2 becomes 0; scales are 1. */
  private static final double[] X = {1.75, 6, 1, 1, 5, -6, 0.2, 0};

  @Test
  void errorsAreThoseOfTheElements() {
    TensorError error = error("mxfp4:block4", X, 1, 8);
    assertThat(error.bias()).isCloseTo((0.25 - 1 - 0.2) / 8, within(1e-15));
    assertThat(error.rootMeanSquare()).isCloseTo(Math.sqrt((0.0625 + 1 + 0.04) / 8), within(1e-15));
    assertThat(error.largest()).isEqualTo(1);
    assertThat(error.flushed()).isEqualTo(1 / 7.0);
  }

  @Test
  void blocksAreThoseOfTheInnermostScale() {
    TensorError.Blocks blocks = error("mxfp4:block4", X, 1, 8).blocks().orElseThrow();
    assertThat(blocks.count()).isEqualTo(2);
    assertThat(blocks.crest().least())
        .isCloseTo(6 / Math.sqrt((25 + 36 + 0.04) / 4), within(1e-12));
    assertThat(blocks.decibels().least()).isCloseTo(-10 * Math.log10(1.04 / 61.04), within(1e-12));
  }

  @Test
  void blocksOfZerosAreLeftOut() {
    double[] x = {0, 0, 0, 0, 1, 1.75, 3, 0.5};
    TensorError.Blocks blocks = error("mxfp4:block4", x, 1, 8).blocks().orElseThrow();
    assertThat(blocks.decibels().least()).isEqualTo(blocks.decibels().most());
  }

  /** numpy.quantile([1, 2, 3, 4], [0, .25, .5, .75, 1]). */
  @Test
  void quartilesAreInterpolated() {
    assertThat(Quartiles.of(new double[] {4, 1, 3, 2}))
        .isEqualTo(new Quartiles(1, 1.75, 2.5, 3.25, 4));
  }

  @Test
  void columnsInAnotherOrderHaveNoBlocks() {
    assertThat(error("bfp4:sorted", X, 1, 8).blocks()).isEmpty();
  }

  /** 3.3125 lies a quarter of the way from 3.25 to 3.5, the neighbours in e4m3. */
  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"STOCHASTIC", "STOCHASTIC_FAST"})
  void stochasticRoundingHasNoBias(Variant variant) {
    double[] x = new double[100_000];
    Arrays.fill(x, 3.3125);
    double[] restored =
        Restoration.stochastic(TensorFormats.parse("e4m3fn"), new RandomRounding(variant, 5, 1))
            .of(x, 1, x.length);
    assertThat(restored).containsOnly(3.25, 3.5);
    // Five standard deviations, and half of the last random bit.
    double deviation = 0.25 * Math.sqrt(3) / 4 / Math.sqrt(x.length);
    assertThat(Arrays.stream(restored).average().orElseThrow())
        .isCloseTo(3.3125, within(5 * deviation + 0.25 / 64));
  }

  @Test
  void oneSeedGivesOneResult() {
    Restoration rounding =
        Restoration.stochastic(
            TensorFormats.parse("mxfp4"), new RandomRounding(Variant.STOCHASTIC, 3, 9));
    assertThat(rounding.of(X, 1, 8)).isEqualTo(rounding.of(X, 1, 8));
  }

  /** Both have the variance of a uniform error of one step: a twelfth of its square. */
  @Test
  void noiseHasTheQsnrOfRounding() {
    TensorFormat format = TensorFormats.parse("int8:channel");
    double[] x = Distribution.GAUSSIAN.sample(1, 500, 256);
    Qsnr noisy = new Qsnr(Restoration.noisy(format, 1));
    noisy.add(x, 500, 256, 1);
    assertThat(noisy.metric().value()).isCloseTo(Qsnr.of(format, x, 500, 256).value(), within(0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mxfp4:search", "olive4", "bitmod_fp4"})
  void formatsWhoseElementsDependOnEachOtherHaveNoRandomBits(String scheme) {
    TensorFormat format = TensorFormats.parse(scheme);
    assertThatThrownBy(
            () -> Restoration.stochastic(format, new RandomRounding(Variant.STOCHASTIC, 3, 9)))
        .hasMessageContaining("do not depend on the rounding of others");
  }

  @Test
  void tooManyRandomBitsAreRefused() {
    TensorFormat format = TensorFormats.parse("mxfp4");
    assertThatThrownBy(
            () -> Restoration.stochastic(format, new RandomRounding(Variant.STOCHASTIC, 31, 9)))
        .hasMessage("random bits must be 1..30: 31");
  }
}
