package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void tiesShareTheMeanOfTheirRanks() {
    assertThat(RankCorrelation.ranks(new double[] {3, 1, 3, 2})).containsExactly(3.5, 1, 3.5, 2);
  }

  @Test
  void isOneForAnyRisingRelation() {
    assertThat(RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {1, 10, 11}))
        .hasValue(1);
  }

  @Test
  void isMinusOneForAnyFallingRelation() {
    assertThat(RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {9, 4, 1}))
        .hasValue(-1);
  }

  /** Ranks 1 2 3 4 against 2 1 4 3: 1 - 6 * 4 / (4 * 15). */
  @Test
  void followsSpearmansFormulaWithoutTies() {
    assertThat(RankCorrelation.spearman(new double[] {1, 2, 3, 4}, new double[] {2, 1, 4, 3}))
        .hasValue(0.6);
  }

  @Test
  void isUndefinedWhereOneSideIsConstant() {
    assertThat(RankCorrelation.spearman(new double[] {1, 2}, new double[] {5, 5})).isEmpty();
  }
}
