package macroscope.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import macroscope.search.SuccessiveHalving.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a candidate is dropped. */
class SuccessiveHalvingTest {

  /** Cost, loss, half the width. */
  private static Interval of(double cost, double loss, double half) {
    return new Interval(cost, loss - half, loss + half);
  }

  private static int dropped(Interval... intervals) {
    return SuccessiveHalving.dominator(List.of(intervals), 0);
  }

  @Test
  void aCandidateIsDroppedByACheaperOneWhoseIntervalLiesBelow() {
    assertThat(dropped(of(2, 5, 1), of(1, 2, 1.5))).isEqualTo(2);
  }

  @Test
  void intervalsThatTouchDropNobody() {
    assertThat(dropped(of(2, 5, 1), of(1, 2, 2))).isEqualTo(-1);
  }

  @Test
  void anIntervalWithoutWidthDropsNobody() {
    assertThat(dropped(of(2, 5, 1), of(1, 0, 0))).isEqualTo(-1);
  }

  @Test
  void aDearerOneDropsNobody() {
    assertThat(dropped(of(2, 5, 1), of(3, 1, 0.1))).isEqualTo(-1);
  }

  @Test
  void oneOfEqualCostDropsTheWorse() {
    assertThat(dropped(of(2, 5, 1), of(2, 1, 0.1))).isEqualTo(2);
  }

  @Test
  void aBigEnoughIntervalDropsNothing() {
    Interval[] candidates = new Interval[20];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = of(1, i, 10);
    }
    for (int i = 0; i < candidates.length; i++) {
      assertThat(SuccessiveHalving.dominator(List.of(candidates), i)).isEqualTo(-1);
    }
  }

  @Test
  void aCandidateWithoutAFiniteMetricIsDropped() {
    assertThat(dropped(Interval.NONE, of(3, 1, 0.1))).isZero();
  }

  @Test
  void aCandidateWithoutAFiniteMetricDropsNobody() {
    assertThat(dropped(of(2, 5, 1), Interval.NONE)).isEqualTo(-1);
  }

  /** Table of Student's t, two-sided: Abramowitz and Stegun, table 26.10. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.706",
    "0.95, 10, 2.228",
    "0.99, 5, 4.032",
    "0.95, 120, 1.980",
    "0.5, 2, 0.816"
  })
  void intervalsHaveTheWidthOfStudentsT(double confidence, int degrees, double t) {
    assertThat(StudentT.halfWidth(confidence, degrees)).isCloseTo(t, within(5e-4));
  }
}
