package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecadeAxisTest {

  @Test
  void anyRangeHasThreeToFourteenLabels() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      double low = Math.pow(10, random.nextDouble() * 16 - 8);
      double high = low * Math.pow(10, random.nextDouble() * random.nextInt(12));
      assertThat(new DecadeAxis("x", low, high, false).labelledValues())
          .as("%s to %s", low, high)
          .hasSizeBetween(3, 14);
    }
  }

  @Test
  void labelsLieWithinTheRange() {
    DecadeAxis axis = new DecadeAxis("x", 0.13, 1.5, false);
    assertThat(axis.labelledValues())
        .allMatch(v -> v.doubleValue() >= axis.getLowerBound())
        .allMatch(v -> v.doubleValue() <= axis.getUpperBound());
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.001",
    "0.0005, 5×10⁻⁴",
    "0.25, 0.25",
    "7, 7",
    "900, 900",
    "2000, '2,000'",
    "100000, '100,000'",
    "1200000, 1.2×10⁶",
    "1e-12, 10⁻¹²"
  })
  void labelsArePlainWhereShortAndPowersOfTenBeyond(String value, String text) {
    assertThat(DecadeAxis.text(new BigDecimal(value))).isEqualTo(text);
  }
}
