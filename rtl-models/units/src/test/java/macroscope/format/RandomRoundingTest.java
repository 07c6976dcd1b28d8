package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import macroscope.format.StochasticRounding.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomRoundingTest {

  private static final int MANY = 100_000;

  private static long timesUp(Variant variant, int bits, double x) {
    Encoder encoder = new RandomRounding(variant, bits, 5).encoder(Formats.E4M3FN);
    return IntStream.range(0, MANY).filter(i -> encoder.encode(x) == 0x39).count();
  }

  /** From 1 the next is 1.125. Of 2^bits draws as many go up as the discarded part has units. */
  @ParameterizedTest
  @CsvSource({
    "STOCHASTIC, 8, 0.25, 0.25",
    "STOCHASTIC, 1, 0.3, 0.5",
    "STOCHASTIC_FAST, 2, 0.5, 0.5",
    "STOCHASTIC_FASTEST, 2, 0.3, 0.25",
    "STOCHASTIC_ODD, 1, 0.25, 0.5",
    "STOCHASTIC, 1, 0.25, 0"
  })
  void numbersGoUpAsOftenAsTheVariantSays(
      Variant variant, int bits, double discarded, double share) {
    // Six standard deviations.
    long off = Math.round(6 * Math.sqrt(MANY * share * (1 - share)));
    assertThat(timesUp(variant, bits, 1 + discarded / 8))
        .isBetween(Math.round(MANY * share) - off, Math.round(MANY * share) + off);
  }

  @Test
  void aSeedGivesOneResult() {
    assertThat(timesUp(Variant.STOCHASTIC, 8, 1.04))
        .isEqualTo(timesUp(Variant.STOCHASTIC, 8, 1.04));
  }

  @Test
  void whatOverflowsSaturates() {
    Encoder encoder = new RandomRounding(Variant.STOCHASTIC, 4, 5).encoder(Formats.E4M3FN);
    assertThat(encoder.encode(-1e9)).isEqualTo(0xFE);
  }

  @Test
  void bitsMustFitAnInteger() {
    assertThatThrownBy(() -> new RandomRounding(Variant.STOCHASTIC, 31, 5))
        .hasMessage("random bits must be 1..30: 31");
  }
}
