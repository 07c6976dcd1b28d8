package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import macroscope.accuracy.BlockTheory.Minifloat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Crossovers of integers and floats as arXiv 2510.25602 prints them, section 3. */
class BlockTheoryTest {

  private static BlockCrossover crossover(String integers, double overhead) {
    return BlockCrossover.published().stream()
        .filter(c -> c.integers().equals(integers) && c.overhead() == overhead)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"mxint8, 1.5, 7.55", "mxint6, 1.5, 1.96", "mxint4, 1.5, 2.04", "nvint4, 1.05, 2.39"})
  void integersAndFloatsCrossWhereThePaperSays(String integers, double overhead, double crest) {
    assertThat(crossover(integers, overhead).crest()).isCloseTo(crest, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({
    "mxint8, 1.5, 31.86",
    "mxint6, 1.5, 31.54",
    "mxint4, 1.5, 19.14",
    "nvint4, 1.05, 21.14"
  })
  void theyCrossAtTheDecibelsOfThePaper(String integers, double overhead, double decibels) {
    assertThat(crossover(integers, overhead).decibels()).isCloseTo(decibels, within(0.02));
  }

  /** A later crossover than the paper's 2.39 (21.14 dB), which needs scales 5 % too large. */
  @Test
  void nvint4AndNvfp4CrossLaterWithExactScales() {
    BlockCrossover exact = crossover("nvint4", 1);
    assertThat(exact.crest()).isCloseTo(2.4641, within(1e-4));
    assertThat(exact.decibels()).isCloseTo(21.307, within(1e-3));
  }

  /** 13.80 + 6.02 M: the bound of the paper for floats that are all normal. */
  @Test
  void floatsApproachTheirUpperBound() {
    assertThat(BlockTheory.mxfp(Minifloat.E4M3, 1)).isCloseTo(13.80 + 6.02 * 3, within(0.01));
  }

  /** MX9, MX6 and MX4 with 16 elements in pairs. */
  @ParameterizedTest
  @CsvSource({"7, 34.7", "4, 16.7", "2, 4.6"})
  void theLowerBoundOfSharedMicroexponentsIsThatOfTheTheorem(int mantissaBits, double decibels) {
    assertThat(BlockTheory.lowerBound(mantissaBits, 16, 2, 1, 256))
        .isCloseTo(decibels, within(0.05));
  }

  @Test
  void noCrossoverIsRefused() {
    assertThatThrownBy(
            () ->
                BlockTheory.crossover(
                    k -> BlockTheory.mxint(8, k), k -> BlockTheory.mxfp(Minifloat.E4M3, k), 1, 2))
        .hasMessage("no crossover of crest factors in 1.0..2.0");
  }
}
