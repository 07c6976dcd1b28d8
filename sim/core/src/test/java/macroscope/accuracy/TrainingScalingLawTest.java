package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.IntStream;
import macroscope.accuracy.TrainingScalingLaw.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arXiv 2501.02423 prints. */
class TrainingScalingLawTest {

  private static final TrainingScalingLaw BILLION = new TrainingScalingLaw(1e9, 128);

  @Test
  void theBestLayoutsOfFourToSixteenBitsAreThoseOfThePaper() {
    assertThat(IntStream.rangeClosed(4, 16).mapToObj(b -> TrainingScalingLaw.best(b).toString()))
        .containsExactly(
            "E2M1", "E2M2", "E3M2", "E3M3", "E4M3", "E4M4", "E5M4", "E5M5", "E6M5", "E6M6", "E7M6",
            "E7M7", "E8M7");
  }

  /** 1730T, 27T and 0.4T in the paper, whose last two have two digits and one. */
  @ParameterizedTest
  @CsvSource({"8, 7, 1730e12, 1", "4, 3, 27.33e12, 1", "2, 1, 0.393e12, 1", "4, 3, 27e12, 2"})
  void moreDataThanCriticalDoesHarm(int exponent, int mantissa, double tokens, double percent) {
    assertThat(BILLION.criticalTokens(new Layout(exponent, mantissa)))
        .isCloseTo(tokens, withinPercentage(percent));
  }

  @ParameterizedTest
  @CsvSource({"0.5", "2"})
  void theLossIsLeastAtTheCriticalTokens(double factor) {
    Layout layout = new Layout(4, 3);
    double critical = BILLION.criticalTokens(layout);
    assertThat(BILLION.loss(critical, layout)).isLessThan(BILLION.loss(factor * critical, layout));
  }
}
