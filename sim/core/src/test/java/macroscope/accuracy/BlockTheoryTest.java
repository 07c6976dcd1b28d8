package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import macroscope.accuracy.BlockTheory.Minifloat;
import org.junit.jupiter.api.Test;

/** Crossovers of integers and floats as arXiv 2510.25602 prints them, section 3. */
class BlockTheoryTest {

  private static double crossover(int bits, Minifloat floats) {
    return BlockTheory.crossover(
        k -> BlockTheory.mxint(bits, k), k -> BlockTheory.mxfp(floats, k), 1.1, 20);
  }

  @Test
  void mxint8AndMxfp8CrossWhereThePaperSays() {
    assertThat(crossover(8, Minifloat.E4M3)).isCloseTo(7.55, within(0.01));
  }

  @Test
  void mxint6AndMxfp6CrossWhereThePaperSays() {
    assertThat(crossover(6, Minifloat.E2M3)).isCloseTo(1.96, within(0.01));
  }

  @Test
  void mxint4AndMxfp4CrossWhereThePaperSays() {
    assertThat(crossover(4, Minifloat.E2M1)).isCloseTo(2.04, within(0.01));
  }

  @Test
  void theyCrossAtTheDecibelsOfThePaper() {
    assertThat(BlockTheory.mxint(8, crossover(8, Minifloat.E4M3))).isCloseTo(31.86, within(0.01));
  }

  /** The paper prints 2.39; its formulas, with Gaussian energy below the normal range, give this. */
  @Test
  void nvint4AndNvfp4CrossHigherThanPrinted() {
    double crossover =
        BlockTheory.crossover(
            k -> BlockTheory.nvint(4, 16, k),
            k -> BlockTheory.nvfp(Minifloat.E2M1, 16, k),
            1.1,
            3.9);
    assertThat(crossover).isCloseTo(2.4641, within(1e-4));
  }

  /** 13.80 + 6.02 M: the bound of the paper for floats that are all normal. */
  @Test
  void floatsApproachTheirUpperBound() {
    assertThat(BlockTheory.mxfp(Minifloat.E4M3, 1)).isCloseTo(13.80 + 6.02 * 3, within(0.01));
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
