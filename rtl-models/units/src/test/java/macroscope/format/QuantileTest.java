package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileTest {

  /** Tables of the normal distribution. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.75, 0.674489750196082",
    "0.975, 1.959963984540054",
    "0.999, 3.090232306167813"
  })
  void sharesOfTheNormalDistribution(double share, double point) {
    assertThat(Quantile.normal(share)).isCloseTo(point, within(1e-13));
  }

  /** For 1 and 2 degrees the share has an inverse: tan(pi (p - 1/2)), (2p - 1) / sqrt(2p (1-p)). */
  @ParameterizedTest
  @CsvSource({
    "1, 0.75, 1",
    "1, 0.9, 3.0776835371752536",
    "2, 0.75, 0.816496580927726",
    "2, 0.9, 1.885618083164127",
    "5, 0.975, 2.570581835636314",
    "30, 0.975, 2.042272456301238"
  })
  void sharesOfStudentsDistribution(int freedom, double share, double point) {
    assertThat(Quantile.student(freedom, share)).isCloseTo(point, within(1e-13));
  }

  private static double[] decimals(NumberFormat table) {
    return ((CodebookFormat) table)
        .values().stream().mapToDouble(v -> Math.rint(v * 1e6) / 1e6).toArray();
  }

  @Test
  void theRuleGivesTheDecimalsOfStudentFloat() {
    assertThat(decimals(Formats.canonical("sf4_nu5"))).isEqualTo(decimals(Tables.SF4));
  }

  /** That of bitsandbytes was computed in binary32 and is up to 1.8e-7 off. */
  @Test
  void theRuleGivesNormalFloat() {
    assertThat(Tables.normalFloat("rule", 4).table())
        .usingComparatorWithPrecision(2e-7)
        .containsExactly(Tables.NF4.table());
  }

  @ParameterizedTest
  @CsvSource({"nf2, 4", "nf3, 8", "nf8, 256", "sf3_nu4, 8", "sf8_nu1, 256"})
  void tablesHaveTheEndsAndZero(String name, int values) {
    assertThat(((CodebookFormat) Formats.canonical(name)).values())
        .hasSize(values)
        .contains(-1.0, 0.0, 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "nf9, nf9: bits must be 2..8: 9",
    "sf4_nu0, sf4_nu0: degrees of freedom must be 1..100: 0"
  })
  void parametersOutOfRangeAreRefused(String name, String message) {
    assertThatThrownBy(() -> Formats.canonical(name)).hasMessage(message);
  }
}
